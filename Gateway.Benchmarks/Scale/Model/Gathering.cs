namespace Gateway.Benchmarks.Scale.Model;

/// <summary>
/// What one replica has to say to Redis about one tenant: one message is under way at a time, and what gathers meanwhile goes together with
/// the next. As in <c>Gateway.Api.Limits.Shared.SharedPlace</c>.
/// </summary>
/// <param name="leases">When limits are leased; null where each request asks.</param>
internal sealed class Gathering(Simulation simulation, ServiceTimes times, Station replica, Station redis, LeaseTerms? leases)
{
    /// <summary>What a message has room for.</summary>
    public const int MostItems = 200;

    private readonly Queue<Action> _items = new();
    private readonly TenantLease? _lease = leases is null ? null : new TenantLease(simulation, leases);
    private bool _isSending;

    /// <summary>How many messages were sent.</summary>
    public int Messages { get; private set; }

    /// <summary>Asks to admit a request.</summary>
    /// <param name="admitted">Told whether the request is to be settled by itself.</param>
    public void Hold(Action<bool> admitted)
    {
        if (_lease?.TryAdmit() == true)
        {
            admitted(false);
            return;
        }

        if (_lease?.TryEnd() == true)
        {
            Settle();
        }

        if (_lease?.TryAsk() == true)
        {
            var askedAt = simulation.Now;
            _items.Enqueue(() => _lease.Begin(askedAt));
        }

        Add(() => admitted(true));
    }

    /// <summary>Says what was used; nobody waits for it.</summary>
    public void Settle() => Add(static () => { });

    private void Add(Action answered)
    {
        _items.Enqueue(answered);
        if (!_isSending)
        {
            _isSending = true;
            SendNext();
        }
    }

    // Behind the requests that wait for a core by now: what they have to ask goes with it.
    private void SendNext() => replica.Serve(0, Send);

    private void Send()
    {
        if (_items.Count == 0)
        {
            _isSending = false;
            return;
        }

        Messages++;
        var sent = new List<Action>();
        while (sent.Count < MostItems && _items.TryDequeue(out var answered))
        {
            sent.Add(answered);
        }

        simulation.After(times.RoundTrip / 2, () => redis.Serve(times.RedisMessage + (sent.Count * times.RedisItem), () => simulation.After(times.RoundTrip / 2, () =>
        {
            sent.ForEach(static answered => answered());
            SendNext();
        })));
    }
}
