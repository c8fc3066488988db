namespace Gateway.Api.Limits.Shared;

/// <summary>A hold for many requests at once, out of which this process admits them by itself.</summary>
/// <param name="taken">What Redis has given, and for how many.</param>
/// <param name="verdict">How near the limits were with all of it taken.</param>
internal sealed class Lease(Hold taken, Verdict verdict)
{
    private readonly HashSet<Hold> _open = [];
    private long _requestsLeft = taken.Requests;
    private long _tokensLeft = taken.Tokens;
    private long _nanoUsdLeft = taken.NanoUsd;
    private long _openNanoUsd;
    private long _usedTokens;
    private long _spentNanoUsd;
    private long _givenBackTokens;

    /// <summary>
    /// Whether no more may be admitted out of it. What it admits counts at the time at which it was taken, and windows, days and months change
    /// with steps only: within its step that is no difference.
    /// </summary>
    public bool IsOver(Moment now, TimeSpan length) =>
        now.Milliseconds - taken.At.Milliseconds >= length.TotalMilliseconds || now.Milliseconds / SlidingWindow.StepMilliseconds != taken.At.Milliseconds / SlidingWindow.StepMilliseconds;

    public bool Fits(Hold hold) =>
        _requestsLeft > 0 && _open.Count < taken.Slots && hold.Tokens <= _tokensLeft && hold.NanoUsd <= _nanoUsdLeft;

    /// <summary>Admits one that fits.</summary>
    public Verdict Admit(Hold hold)
    {
        _open.Add(hold);
        hold.Lease = this;
        _requestsLeft--;
        _tokensLeft -= hold.Tokens;
        _nanoUsdLeft -= hold.NanoUsd;
        _openNanoUsd += hold.NanoUsd;
        return verdict with
        {
            RequestsRemaining = verdict.RequestLimit == 0 ? 0 : verdict.RequestsRemaining + _requestsLeft,
            TokensRemaining = verdict.TokenLimit == 0 ? 0 : verdict.TokensRemaining + _tokensLeft + _givenBackTokens,
            BudgetSpent = verdict.BudgetLimit == 0 ? 0 : verdict.BudgetSpent + _spentNanoUsd,
            BudgetHeld = verdict.BudgetLimit == 0 ? 0 : verdict.BudgetHeld - taken.NanoUsd + _openNanoUsd,
        };
    }

    /// <summary>What one that it admitted has used. Nothing of it is lent again: a lease is short.</summary>
    public void Settle(Hold hold, long tokens, long nanoUsd)
    {
        _open.Remove(hold);
        hold.Lease = null;
        _openNanoUsd -= hold.NanoUsd;
        _usedTokens += tokens;
        _spentNanoUsd += nanoUsd;
        _givenBackTokens += hold.Tokens - tokens;
    }

    /// <summary>Ends it: what is under way gets holds of its own, the rest is given back.</summary>
    /// <param name="limits">Names the holds.</param>
    /// <param name="underWay">Gets those that are still under way.</param>
    public Settlement End(RedisLimits limits, HashSet<Hold> underWay)
    {
        var open = new List<byte[]>(_open.Count);
        foreach (var hold in _open)
        {
            hold.Lease = null;
            hold.Member = limits.MemberOf(hold, hold.At);
            open.Add(hold.Member);
            underWay.Add(hold);
        }

        _open.Clear();
        return new Settlement(taken.Member!, _usedTokens, _spentNanoUsd) { Unused = _requestsLeft, Open = open };
    }
}
