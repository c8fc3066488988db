namespace ServiceDefaults.Events;

/// <summary>The last things that happened, and those who are told of the next. Whoever comes back goes on after what it saw last, where that is among them.</summary>
/// <param name="keeps">How many are among the last.</param>
/// <param name="idOf">The id by which one of them is known.</param>
public sealed class EventFeed<T>(int keeps, Func<T, string> idOf)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Queue<T> _last = new();
    private readonly HashSet<EventSubscription<T>> _subscriptions = [];

    public bool HasSubscribers
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.Count > 0;
            }
        }
    }

    /// <summary>Returns what is no longer among the last because of it.</summary>
    public T? Publish(T item)
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions)
            {
                subscription.Take(item);
            }

            _last.Enqueue(item);
            return _last.Count > keeps ? _last.Dequeue() : null;
        }
    }

    /// <summary>Puts what was before in front of it, as much as there is room for; returns what there is none for.</summary>
    /// <param name="before">The oldest first.</param>
    public IReadOnlyList<T> Prepend(IReadOnlyList<T> before)
    {
        lock (_lock)
        {
            T[] after = [.. _last];
            var room = Math.Clamp(keeps - after.Length, 0, before.Count);
            _last.Clear();
            foreach (var item in before.Skip(before.Count - room).Concat(after))
            {
                _last.Enqueue(item);
            }

            return [.. before.Take(before.Count - room)];
        }
    }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<T> Last()
    {
        lock (_lock)
        {
            return [.. _last];
        }
    }

    /// <param name="lastId">What was seen last; null where nothing was.</param>
    /// <param name="wants">Which ones are wanted.</param>
    public EventSubscription<T> Subscribe(string? lastId, Func<T, bool> wants)
    {
        lock (_lock)
        {
            var since = lastId is null ? [] : _last.SkipWhile(item => idOf(item) != lastId).Skip(1).Where(wants).ToList();
            var isKnown = lastId is null || _last.Any(item => idOf(item) == lastId);
            var subscription = new EventSubscription<T>(wants, since, !isKnown, Leave);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    private void Leave(EventSubscription<T> subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
