namespace Gateway.Benchmarks.Scale.Model;

/// <summary>
/// What one replica has to say to Redis about one tenant: one message is under way at a time, and what gathers meanwhile goes together with
/// the next. As in <c>Gateway.Api.Limits.Shared.SharedPlace</c>.
/// </summary>
internal sealed class Gathering(Simulation simulation, ServiceTimes times, Station replica, Station redis)
{
    /// <summary>What a message has room for.</summary>
    public const int MostItems = 200;

    private readonly Queue<Action?> _items = new();
    private bool _isSending;

    /// <summary>How many messages were sent.</summary>
    public int Messages { get; private set; }

    /// <summary>Goes on when the request is admitted.</summary>
    public void Hold(Action admitted) => Add(admitted);

    /// <summary>Says what the request used; nobody waits for it.</summary>
    public void Settle() => Add(null);

    private void Add(Action? done)
    {
        _items.Enqueue(done);
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
        var items = 0;
        for (; items < MostItems && _items.TryDequeue(out var done); items++)
        {
            if (done is not null)
            {
                sent.Add(done);
            }
        }

        simulation.After(times.RoundTrip / 2, () => redis.Serve(times.RedisMessage + (items * times.RedisItem), () => simulation.After(times.RoundTrip / 2, () =>
        {
            foreach (var done in sent)
            {
                done();
            }

            SendNext();
        })));
    }
}
