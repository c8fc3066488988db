using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Limits.Shared;

/// <summary>
/// What this process has to ask and to say about one place. One message is under way at a time, and whatever gathers meanwhile goes
/// together with the next, so that many requests share a round trip and none waits for more than one.
/// </summary>
internal sealed class SharedPlace(string name, RedisLimits limits, TimeProvider time) : IThreadPoolWorkItem
{
    private const int MostSettlements = 200;

    private readonly Lock _gate = new();
    private readonly Queue<Hold> _asking = new();
    private readonly Queue<Settlement> _ended = new();
    private readonly Queue<byte[]> _renewing = new();
    private readonly HashSet<Hold> _underWay = [];
    private readonly Dictionary<(ScopeGroup Group, int Day), Arrears> _arrears = [];
    private readonly List<Settlement> _unacknowledged = [];
    private readonly List<Hold> _asked = [];
    private readonly LimitMessage _message = new(limits.Replica);
    private readonly RedisKey[] _keys = [StatesOf(name), $"gateway:holds:{name}"];
    private readonly RedisValue[] _arguments = new RedisValue[1];
    private long _sequence;
    private bool _isSending;
    private bool _isAwaited;
    private bool _wantsSweep;
    private long _sentAt;

    /// <summary>The hash that holds what the scopes of a place have used.</summary>
    public static RedisKey StatesOf(string place) => $"gateway:limits:{place}";

    public Task<Verdict> HoldAsync(Hold hold)
    {
        lock (_gate)
        {
            _asking.Enqueue(hold);
            Start();
        }

        return hold.Decided;
    }

    public void Settle(Hold hold, long tokens, long nanoUsd)
    {
        lock (_gate)
        {
            _underWay.Remove(hold);
            if (hold.Member is not null)
            {
                _ended.Enqueue(new Settlement(hold.Member, tokens, nanoUsd));
            }
            else if (nanoUsd > 0)
            {
                // Redis never heard of the request: what is owed it is a sum, however long it stays away.
                AddArrears(hold.Group, hold.At, nanoUsd);
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
            AddArrears(group, at, nanoUsd);
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
                _unacknowledged.Clear();
                Decide(records);
            }
        }
        catch (Exception failure) when (RedisKeys.IsUnavailable(failure))
        {
            limits.WentAway(failure.Message);
            lock (_gate)
            {
                DecideHereAllWhoWait();
                _isSending = _isAwaited = false;
            }

            return;
        }

        SendNext();
    }

    private void AddArrears(ScopeGroup group, Moment at, long nanoUsd)
    {
        var owed = _arrears.GetValueOrDefault((group, at.Day));
        _arrears[(group, at.Day)] = new Arrears(at, owed.NanoUsd + nanoUsd);
    }

    // Sends what there is; null where there is nothing.
    private Task<byte[]>? TryWrite()
    {
        lock (_gate)
        {
            _message.Clear();
            _asked.Clear();
            var now = Moment.Of(time.GetUtcNow());
            WriteSettlements();
            while (_renewing.Count > 0 && _message.HasRoom)
            {
                _message.AddRenewal(_renewing.Dequeue());
            }

            WriteHolds(now);
            if (_message.IsEmpty && !_wantsSweep)
            {
                _isSending = false;
                return null;
            }

            _wantsSweep = false;
            (_isAwaited, _sentAt) = (true, time.GetTimestamp());
            _arguments[0] = _message.Finish(now, _sequence, limits.HoldTime);
            return limits.EvaluateAsync(_keys, _arguments);
        }
    }

    // What may have arrived or not goes again as it was, under its old number: it counts once.
    private void WriteSettlements()
    {
        if (_unacknowledged.Count == 0)
        {
            _sequence++;
            foreach (var ((group, _), owed) in _arrears)
            {
                _ended.Enqueue(new Settlement(limits.MemberOf(group, owed.At, tokens: 0, nanoUsd: 0), Tokens: 0, owed.NanoUsd));
            }

            _arrears.Clear();
            while (_ended.Count > 0 && _unacknowledged.Count < MostSettlements)
            {
                _unacknowledged.Add(_ended.Dequeue());
            }
        }

        foreach (var (member, tokens, nanoUsd) in _unacknowledged)
        {
            _message.AddSettlement(member, tokens, nanoUsd);
        }
    }

    private void WriteHolds(Moment now)
    {
        while (_asking.TryPeek(out var hold) && _message.HasRoom)
        {
            hold.At = now;
            hold.Member ??= limits.MemberOf(hold.Group, now, hold.Tokens, hold.NanoUsd);
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
            var verdict = LimitReply.Read(records, i);
            if (_asked[i].TryDecide(verdict) && verdict.IsAdmitted)
            {
                _underWay.Add(_asked[i]);
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
            var verdict = limits.HoldHere(hold);
            if (!verdict.IsAdmitted && hold.Member is not null)
            {
                _ended.Enqueue(new Settlement(hold.Member, Tokens: 0, NanoUsd: 0));
            }

            hold.TryDecide(verdict);
        }
    }

    private readonly record struct Arrears(Moment At, long NanoUsd);
}
