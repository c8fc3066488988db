namespace Local.Model.Behaviour;

/// <summary>The last requests, oldest first.</summary>
internal sealed class RequestLog
{
    public const int Capacity = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<Exchange> _exchanges = new(Capacity);

    public void Add(Exchange exchange)
    {
        lock (_lock)
        {
            if (_exchanges.Count == Capacity)
            {
                _exchanges.Dequeue();
            }

            _exchanges.Enqueue(exchange);
        }
    }

    public IReadOnlyList<RequestRecord> List()
    {
        lock (_lock)
        {
            return [.. _exchanges.Select(exchange => exchange.ToRecord())];
        }
    }

    /// <summary>The newest request whose id is, or ends in, <paramref name="id"/>.</summary>
    public Exchange? Find(string id)
    {
        lock (_lock)
        {
            return _exchanges.LastOrDefault(exchange => exchange.Id.EndsWith(id, StringComparison.Ordinal));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _exchanges.Clear();
        }
    }
}
