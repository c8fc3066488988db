using System.Collections.Concurrent;
using Gateway.Api.Configuration;

namespace Gateway.Api.Caching.Semantic;

/// <summary>Answers by the meaning of their questions, within one context each: every one is looked at, and of all contexts together the oldest go. Found without a lock.</summary>
internal sealed class SemanticIndex(LiveConfiguration configuration, TimeProvider time)
{
    private readonly ConcurrentDictionary<CacheKey, Entry[]> _contexts = new();
    private readonly Queue<(CacheKey Context, Entry Entry)> _oldestFirst = new();
    private readonly Lock _changes = new();

    /// <summary>The nearest that is near and young enough.</summary>
    public SimilarAnswer? Find(MeantQuestion question)
    {
        if (!_contexts.TryGetValue(question.Context, out var entries))
        {
            return null;
        }

        var options = configuration.Current.Cache.Semantic;
        var (now, maxAge) = (time.GetUtcNow(), TimeSpan.FromSeconds(options.MaxAgeSeconds));
        var (best, nearest) = (default(CachedAnswer), (float)options.Threshold);
        foreach (var entry in entries)
        {
            var similarity = entry.Vector.Length == question.Vector.Length ? UnitVector.Dot(entry.Vector, question.Vector) : 0;
            if (similarity >= nearest && entry.Answer.IsFresh(now) && entry.Answer.AgeAt(now) <= maxAge)
            {
                (best, nearest) = (entry.Answer, similarity);
            }
        }

        return best is null ? null : new SimilarAnswer(best, nearest);
    }

    public void Add(MeantQuestion question, CachedAnswer answer)
    {
        var entry = new Entry(question.Vector, answer);
        lock (_changes)
        {
            _contexts[question.Context] = _contexts.TryGetValue(question.Context, out var entries) ? [.. entries, entry] : [entry];
            _oldestFirst.Enqueue((question.Context, entry));
            while (_oldestFirst.Count > configuration.Current.Cache.Semantic.MaxAnswers)
            {
                Remove(_oldestFirst.Dequeue());
            }
        }
    }

    private void Remove((CacheKey Context, Entry Entry) oldest)
    {
        var left = Array.FindAll(_contexts[oldest.Context], entry => entry != oldest.Entry);
        if (left.Length == 0)
        {
            _contexts.TryRemove(oldest.Context, out _);
        }
        else
        {
            _contexts[oldest.Context] = left;
        }
    }

    private sealed class Entry(float[] vector, CachedAnswer answer)
    {
        public float[] Vector => vector;

        public CachedAnswer Answer => answer;
    }
}
