using System.Collections.Concurrent;
using Gateway.Api.Configuration;

namespace Gateway.Api.Caching;

/// <summary>
/// Answers in this process's memory, bounded by bytes. Where room is needed some are looked at by chance, and the one goes that is worth
/// least for its size: worth is what a new one would take, more where it was asked for, less the nearer its end is. Found without a lock.
/// </summary>
internal sealed class MemoryAnswers
{
    private const int Sample = 8;

    private readonly LiveConfiguration _configuration;
    private readonly CacheMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<CacheKey, Entry> _entries = new();
    private readonly List<Entry> _places = [];
    private readonly Lock _changes = new();
    private long _bytes;

    public MemoryAnswers(LiveConfiguration configuration, CacheMetrics metrics, TimeProvider time)
    {
        (_configuration, _metrics, _time) = (configuration, metrics, time);
        metrics.Watch(() => Bytes);
    }

    public long Bytes => Interlocked.Read(ref _bytes);

    public int Count => _entries.Count;

    public CachedAnswer? Find(CacheKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        if (!entry.Answer.IsFresh(_time.GetUtcNow()))
        {
            lock (_changes)
            {
                Remove(entry);
            }

            return null;
        }

        // Two at once may count as one, which does not matter.
        entry.Hits++;
        return entry.Answer;
    }

    public void Keep(CacheKey key, CachedAnswer answer)
    {
        var most = _configuration.Current.Cache.MemoryBytes;
        lock (_changes)
        {
            if (_entries.TryGetValue(key, out var old))
            {
                Remove(old);
            }

            if (answer.Size > most)
            {
                return;
            }

            var now = _time.GetUtcNow();
            while (_bytes + answer.Size > most)
            {
                Remove(LeastWorth(now));
                _metrics.Evicted();
            }

            var entry = new Entry(key, answer) { Place = _places.Count };
            _places.Add(entry);
            _entries[key] = entry;
            _bytes += answer.Size;
        }
    }

    private Entry LeastWorth(DateTimeOffset now)
    {
        var least = _places[Random.Shared.Next(_places.Count)];
        for (var i = 1; i < Math.Min(Sample, _places.Count); i++)
        {
            // With few there is no need for chance.
            var other = _places[_places.Count <= Sample ? i : Random.Shared.Next(_places.Count)];
            least = other.WorthAt(now) < least.WorthAt(now) ? other : least;
        }

        return least;
    }

    private void Remove(Entry entry)
    {
        if (entry.Place < 0)
        {
            return;
        }

        _entries.TryRemove(new KeyValuePair<CacheKey, Entry>(entry.Key, entry));
        var last = _places[^1];
        (_places[entry.Place], last.Place) = (last, entry.Place);
        _places.RemoveAt(_places.Count - 1);
        entry.Place = -1;
        _bytes -= entry.Answer.Size;
    }

    private sealed class Entry(CacheKey key, CachedAnswer answer)
    {
        public CacheKey Key => key;

        public CachedAnswer Answer => answer;

        public int Hits { get; set; }

        /// <summary>Where it stands among all; below 0 once it does not.</summary>
        public int Place { get; set; }

        public double WorthAt(DateTimeOffset now)
        {
            var left = Math.Max(0, 1 - (answer.AgeAt(now) / answer.Lifetime));
            return answer.Worth * (1 + Hits) * left / answer.Size;
        }
    }
}
