namespace Gateway.Api.Limits;

/// <summary>What a scope has used. The rules are those of <see cref="Shared.LimitScript"/>; one set of tests judges both.</summary>
internal sealed class ScopeState
{
    private readonly SlidingWindow _requests = new();
    private readonly SlidingWindow _tokens = new();
    private long _concurrent;
    private int _day;
    private long _requestsToday;
    private long _spentToday;
    private int _month;
    private long _spentThisMonth;
    private long _held;

    public ScopeSpend Spend => new(_spentToday, _spentThisMonth, _held);

    public void MoveTo(Moment now)
    {
        _requests.MoveTo(now.Milliseconds);
        _tokens.MoveTo(now.Milliseconds);
        if (now.Day > _day)
        {
            (_day, _requestsToday, _spentToday) = (now.Day, 0, 0);
        }

        if (now.Month > _month)
        {
            (_month, _spentThisMonth) = (now.Month, 0);
        }
    }

    /// <summary>The first limit that has no room for the hold; none where all have.</summary>
    public Verdict Check(Scope scope, Hold hold, long now)
    {
        if (scope.RequestsPerMinute > 0 && _requests.Used + 1 > scope.RequestsPerMinute)
        {
            return Refuse(LimitKind.RequestsPerMinute, scope.RequestsPerMinute, _requests.Used, _requests.UntilLeft(_requests.Used + 1 - scope.RequestsPerMinute, now));
        }

        if (scope.RequestsPerDay > 0 && _requestsToday + 1 > scope.RequestsPerDay)
        {
            return Refuse(LimitKind.RequestsPerDay, scope.RequestsPerDay, _requestsToday);
        }

        if (scope.TokensPerMinute > 0 && _tokens.Used + hold.Tokens > scope.TokensPerMinute)
        {
            return Refuse(LimitKind.TokensPerMinute, scope.TokensPerMinute, _tokens.Used, _tokens.UntilLeft(_tokens.Used + hold.Tokens - scope.TokensPerMinute, now));
        }

        return scope.Concurrent > 0 && _concurrent + 1 > scope.Concurrent ? Refuse(LimitKind.ConcurrentRequests, scope.Concurrent, _concurrent)
            : IsOver(scope.DailyNanoUsd, _spentToday, hold) ? Refuse(LimitKind.DailyBudget, scope.DailyNanoUsd, _spentToday)
            : IsOver(scope.MonthlyNanoUsd, _spentThisMonth, hold) ? Refuse(LimitKind.MonthlyBudget, scope.MonthlyNanoUsd, _spentThisMonth)
            : default;
    }

    public void Take(Hold hold)
    {
        _requests.Add(hold.At.Milliseconds, 1);
        _tokens.Add(hold.At.Milliseconds, hold.Tokens);
        _concurrent++;
        _requestsToday++;
        _held += hold.NanoUsd;
    }

    public void Settle(Hold hold, long tokens, long nanoUsd)
    {
        _tokens.Add(hold.At.Milliseconds, tokens - hold.Tokens);
        _concurrent = Math.Max(0, _concurrent - 1);
        _held = Math.Max(0, _held - hold.NanoUsd);
        _spentToday += hold.At.Day == _day ? nanoUsd : 0;
        _spentThisMonth += hold.At.Month == _month ? nanoUsd : 0;
    }

    /// <summary>How near the scope's limits are, where they are nearer than those seen so far.</summary>
    public Verdict Nearest(Verdict seen, Scope scope, int index)
    {
        seen = NearestRequests(seen, LimitKind.RequestsPerMinute, scope.RequestsPerMinute, _requests.Used);
        seen = NearestRequests(seen, LimitKind.RequestsPerDay, scope.RequestsPerDay, _requestsToday);
        if (scope.TokensPerMinute > 0 && (seen.TokenLimit == 0 || scope.TokensPerMinute - _tokens.Used < seen.TokensRemaining))
        {
            seen = seen with { TokenLimit = scope.TokensPerMinute, TokensRemaining = scope.TokensPerMinute - _tokens.Used };
        }

        seen = NearestBudget(seen, LimitKind.DailyBudget, scope.DailyNanoUsd, _spentToday, index);
        return NearestBudget(seen, LimitKind.MonthlyBudget, scope.MonthlyNanoUsd, _spentThisMonth, index);
    }

    private static Verdict NearestRequests(Verdict seen, LimitKind kind, long limit, long used) =>
        limit > 0 && (seen.RequestLimit == 0 || limit - used < seen.RequestsRemaining)
            ? seen with { Requests = kind, RequestLimit = limit, RequestsRemaining = limit - used }
            : seen;

    private Verdict NearestBudget(Verdict seen, LimitKind kind, long limit, long spent, int index) =>
        limit > 0 && (seen.BudgetLimit == 0 || (double)spent / limit > seen.BudgetShare)
            ? seen with { Budget = kind, BudgetScope = index, BudgetLimit = limit, BudgetSpent = spent, BudgetHeld = _held }
            : seen;

    // What costs nothing is let through; what costs nobody knows how much, for as long as there is anything left.
    private bool IsOver(long limit, long spent, Hold hold) =>
        limit > 0 && (hold.PriceIsKnown ? hold.NanoUsd > 0 && spent + _held + hold.NanoUsd > limit : spent + _held >= limit);

    private Verdict Refuse(LimitKind kind, long limit, long used, long wait = 0) => new() { Refused = kind, Limit = limit, Used = used, Held = _held, WaitMilliseconds = wait };
}
