using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Limits.Shared;

/// <summary>
/// What this process has to ask and to say about one place. One message is under way at a time, and whatever gathers meanwhile goes
/// together with the next, so that many requests share a round trip and none waits for more than one.
/// </summary>
internal sealed class SharedPlace(string name, RedisLimits limits, TimeProvider time) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<Hold> _asking = new();
    private readonly SettlementQueue _ended = new(limits);
    private readonly Queue<byte[]> _renewing = new();
    private readonly HashSet<Hold> _underWay = [];
    private readonly List<Hold> _asked = [];
    private readonly LimitMessage _message = new(limits.Replica);
    private readonly RedisKey[] _keys = [StatesOf(name), $"gateway:holds:{name}"];
    private readonly RedisValue[] _arguments = new RedisValue[1];
    private bool _isSending;
    private bool _isAwaited;
    private bool _wantsSweep;
    private long _sentAt;
    private TaskCompletionSource? _finished;

    private LeaseDesk Leases => field ??= new LeaseDesk(limits, _ended, _underWay);

    /// <summary>The hash that holds what the scopes of a place have used.</summary>
    public static RedisKey StatesOf(string place) => $"gateway:limits:{place}";

    public ValueTask<Verdict> HoldAsync(Hold hold)
    {
        lock (_gate)
        {
            if (Leases.TryAdmit(hold, Moment.Of(time.GetUtcNow()), out var verdict, out var lease))
            {
                return ValueTask.FromResult(verdict);
            }

            _asking.Enqueue(hold);
            if (lease is not null)
            {
                _asking.Enqueue(lease);
            }

            Start();
            return new ValueTask<Verdict>(hold.Decided);
        }
    }

    public void Settle(Hold hold, long tokens, long nanoUsd)
    {
        lock (_gate)
        {
            if (hold.Lease is { } lease)
            {
                lease.Settle(hold, tokens, nanoUsd);
                return;
            }

            _underWay.Remove(hold);
            if (hold.Member is not null)
            {
                _ended.Add(new Settlement(hold.Member, tokens, nanoUsd));
            }
            else if (nanoUsd > 0)
            {
                _ended.Owe(hold.Group, hold.At, nanoUsd);
            }

            if (limits.IsUp)
            {
                Start();
            }
        }
    }

    /// <summary>Books what was spent beside any hold.</summary>
    public void Owe(ScopeGroup group, Moment at, long nanoUsd)
    {
        lock (_gate)
        {
            _ended.Owe(group, at, nanoUsd);
            if (limits.IsUp)
            {
                Start();
            }
        }
    }

    /// <summary>Goes on where Redis is back.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            Start();
        }
    }

    /// <summary>Keeps holds of requests that are still under way, and has those that are nobody's given back.</summary>
    public void Tend(TimeSpan renewAfter)
    {
        var due = Moment.Of(time.GetUtcNow() - renewAfter).Milliseconds;
        lock (_gate)
        {
            foreach (var hold in _underWay)
            {
                if (hold.At.Milliseconds <= due)
                {
                    _renewing.Enqueue(hold.Member!);
                }
            }

            _wantsSweep = true;
            Start();
        }
    }

    /// <summary>Ends leases whose time is over though nobody has asked since.</summary>
    public void EndLeases()
    {
        lock (_gate)
        {
            if (Leases.EndOver(Moment.Of(time.GetUtcNow())) && limits.IsUp)
            {
                Start();
            }
        }
    }

    /// <summary>Says all that Redis does not know yet, before the process ends.</summary>
    public Task FinishAsync()
    {
        lock (_gate)
        {
            Leases.EndAll();
            if (!limits.IsUp)
            {
                return Task.CompletedTask;
            }

            _finished ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Start();
            return _finished.Task;
        }
    }

    /// <summary>Where Redis has been silent for that long, those who wait are answered without it.</summary>
    public bool GiveUp(TimeSpan patience)
    {
        lock (_gate)
        {
            if (!_isAwaited || time.GetElapsedTime(_sentAt) < patience)
            {
                return false;
            }

            DecideHereAllWhoWait();
            return true;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    // Under the gate, as all that follows but for the wait.
    private void Start()
    {
        if (!_isSending)
        {
            _isSending = true;
            SendNext();
        }
    }

    // Behind the requests that wait for a thread by now: what they have to ask goes with it.
    private void SendNext() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private async Task SendAsync()
    {
        if (TryWrite() is not { } reply)
        {
            return;
        }

        try
        {
            var records = await reply;
            lock (_gate)
            {
                _isAwaited = false;
                _ended.Arrived();
                Decide(records);
            }
        }
        catch (Exception failure) when (RedisKeys.IsUnavailable(failure))
        {
            limits.WentAway(failure.Message);
            lock (_gate)
            {
                DecideHereAllWhoWait();
                _isAwaited = false;
                Rest();
            }

            return;
        }

        SendNext();
    }

    private void Rest()
    {
        _isSending = false;
        _finished?.TrySetResult();
        _finished = null;
    }

    // Sends what there is; null where there is nothing.
    private Task<byte[]>? TryWrite()
    {
        lock (_gate)
        {
            _message.Clear();
            _asked.Clear();
            var now = Moment.Of(time.GetUtcNow());
            _ended.WriteTo(_message);
            while (_renewing.Count > 0 && _message.HasRoom)
            {
                _message.AddRenewal(_renewing.Dequeue());
            }

            WriteHolds(now);
            if (_message.IsEmpty && !_wantsSweep)
            {
                Rest();
                return null;
            }

            _wantsSweep = false;
            (_isAwaited, _sentAt) = (true, time.GetTimestamp());
            _arguments[0] = _message.Finish(now, _ended.Number, limits.HoldTime);
            return limits.EvaluateAsync(_keys, _arguments);
        }
    }

    private void WriteHolds(Moment now)
    {
        while (_asking.TryPeek(out var hold) && _message.HasRoom)
        {
            hold.At = now;
            hold.Member ??= limits.MemberOf(hold, now);
            if (!_message.TryAddHold(hold))
            {
                // It is the first of the next message: what it was given is not.
                hold.Member = null;
                return;
            }

            _asked.Add(_asking.Dequeue());
        }
    }

    private void Decide(byte[] records)
    {
        for (var i = 0; i < _asked.Count; i++)
        {
            var (hold, verdict) = (_asked[i], LimitReply.Read(records, i));
            if (!hold.TryDecide(verdict))
            {
                continue;
            }

            if (hold.IsLease)
            {
                Leases.Decide(hold, verdict, hold.At);
            }
            else if (verdict.IsAdmitted)
            {
                _underWay.Add(hold);
            }
        }
    }

    private void DecideHereAllWhoWait()
    {
        DecideHere(_asked);
        DecideHere(_asking);
        _asking.Clear();
    }

    // Whether Redis has what was sent nobody knows: it is settled there as if, and where it never was nothing is given back.
    private void DecideHere(IEnumerable<Hold> holds)
    {
        foreach (var hold in holds.Where(hold => !hold.Decided.IsCompleted))
        {
            var verdict = hold.IsLease ? new Verdict { Refused = LimitKind.TooLittleToLease } : limits.HoldHere(hold);
            if (!verdict.IsAdmitted && hold.Member is not null)
            {
                _ended.Add(new Settlement(hold.Member, Tokens: 0, NanoUsd: 0) { Unused = hold.IsLease ? hold.Requests : 0 });
            }

            if (hold.TryDecide(verdict) && hold.IsLease)
            {
                Leases.Decide(hold, verdict, hold.At);
            }
        }
    }
}
