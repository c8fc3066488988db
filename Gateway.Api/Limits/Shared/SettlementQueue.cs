namespace Gateway.Api.Limits.Shared;

/// <summary>
/// What Redis is to be told was used. What may have arrived or not goes again as it was, under its old number: it counts once. Everything
/// here happens under the place's gate.
/// </summary>
internal sealed class SettlementQueue(RedisLimits limits)
{
    private const int MostAtOnce = 200;

    private readonly Queue<Settlement> _waiting = new();
    private readonly Dictionary<(ScopeGroup Group, int Day), Arrears> _arrears = [];
    private readonly List<Settlement> _unacknowledged = [];

    /// <summary>The number of those that were written last.</summary>
    public long Number { get; private set; }

    public void Add(Settlement settlement) => _waiting.Enqueue(settlement);

    /// <summary>Adds what was spent beside any hold that Redis knows: one sum for each day, however long Redis stays away.</summary>
    public void Owe(ScopeGroup group, Moment at, long nanoUsd)
    {
        var owed = _arrears.GetValueOrDefault((group, at.Day));
        _arrears[(group, at.Day)] = new Arrears(at, owed.NanoUsd + nanoUsd);
    }

    public void WriteTo(LimitMessage message)
    {
        if (_unacknowledged.Count == 0)
        {
            Number++;
            foreach (var ((group, _), owed) in _arrears)
            {
                _waiting.Enqueue(new Settlement(limits.MemberOf(new Hold(group, tokens: 0, nanoUsd: 0), owed.At), Tokens: 0, owed.NanoUsd));
            }

            _arrears.Clear();
            while (_waiting.Count > 0 && _unacknowledged.Count < MostAtOnce)
            {
                _unacknowledged.Add(_waiting.Dequeue());
            }
        }

        _unacknowledged.ForEach(message.AddSettlement);
    }

    /// <summary>Redis has those that were written last.</summary>
    public void Arrived() => _unacknowledged.Clear();

    private readonly record struct Arrears(Moment At, long NanoUsd);
}
