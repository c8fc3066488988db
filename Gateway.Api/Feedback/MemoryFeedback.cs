using Gateway.Api.Configuration;

namespace Gateway.Api.Feedback;

/// <summary>Keeps recent requests and feedback in this process; both end with it.</summary>
internal sealed class MemoryFeedback(LiveConfiguration configuration, TimeProvider time) : IFeedbackStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string Id), (RememberedRequest Request, DateTimeOffset Until)> _requests = [];
    private readonly Queue<((string Tenant, string Id) Key, DateTimeOffset Until)> _oldestFirst = [];
    private readonly LinkedList<FeedbackEntry> _entries = [];

    public Task RememberAsync(IReadOnlyList<AnsweredRequest> requests, CancellationToken cancellationToken)
    {
        var (options, now) = (configuration.Current.Feedback, time.GetUtcNow());
        lock (_lock)
        {
            foreach (var request in requests)
            {
                var (key, until) = ((request.Caller.Tenant, request.Id), now + options.Lifetime);
                _requests[key] = (new RememberedRequest(request.Variant?.FullName, Score: null), until);
                _oldestFirst.Enqueue((key, until));
            }

            while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count > options.MaxRequests || oldest.Until <= now))
            {
                _oldestFirst.Dequeue();

                // A caller may have used the id again since.
                if (_requests.TryGetValue(oldest.Key, out var kept) && kept.Until == oldest.Until)
                {
                    _requests.Remove(oldest.Key);
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<RememberedRequest?> ScoreAsync(string tenant, string requestId, double score, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_requests.TryGetValue((tenant, requestId), out var kept) || kept.Until <= time.GetUtcNow())
            {
                return Task.FromResult<RememberedRequest?>(null);
            }

            _requests[(tenant, requestId)] = (kept.Request with { Score = score }, kept.Until);
            return Task.FromResult<RememberedRequest?>(kept.Request);
        }
    }

    public Task AppendAsync(FeedbackEntry entry, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _entries.AddFirst(entry);
            if (_entries.Count > IFeedbackStore.Capacity)
            {
                _entries.RemoveLast();
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<FeedbackEntry>> ReadAllAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<FeedbackEntry>>([.. _entries]);
        }
    }
}
