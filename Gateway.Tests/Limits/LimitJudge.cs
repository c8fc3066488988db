using Gateway.Api.Limits;

namespace Gateway.Tests.Limits;

/// <summary>The rules once more, as plainly as can be: it keeps every request, and adds them all up for each decision.</summary>
internal sealed class LimitJudge(Scope[] scopes)
{
    private readonly List<Entry> _entries = [];

    public HashSet<LimitKind> KindsSeen { get; } = [];

    public (LimitKind Kind, int Scope) Decide(Hold hold, Moment now)
    {
        for (var i = 0; i < scopes.Length; i++)
        {
            if (Refuse(scopes[i], hold, now) is not LimitKind.None and var kind)
            {
                KindsSeen.Add(kind);
                return (kind, i);
            }
        }

        return (LimitKind.None, 0);
    }

    public void Take(Hold hold) => _entries.Add(new Entry(hold));

    public void Settle(Hold hold, long tokens, long cost)
    {
        var entry = _entries.Single(entry => entry.Hold == hold);
        (entry.Tokens, entry.Cost, entry.HasEnded) = (tokens, cost, true);
    }

    private LimitKind Refuse(Scope scope, Hold hold, Moment now)
    {
        var inWindow = _entries.Where(entry => entry.Hold.At.Milliseconds / 4000 > (now.Milliseconds / 4000) - 16).ToList();
        var held = _entries.Where(entry => !entry.HasEnded).Sum(entry => entry.Hold.NanoUsd);
        bool IsOver(long limit, Func<Moment, int> period) =>
            limit > 0 && hold.NanoUsd > 0 && _entries.Where(entry => entry.HasEnded && period(entry.Hold.At) == period(now)).Sum(entry => entry.Cost) + held + hold.NanoUsd > limit;
        return scope.RequestsPerMinute > 0 && inWindow.Count >= scope.RequestsPerMinute ? LimitKind.RequestsPerMinute
            : scope.RequestsPerDay > 0 && _entries.Count(entry => entry.Hold.At.Day == now.Day) >= scope.RequestsPerDay ? LimitKind.RequestsPerDay
            : scope.TokensPerMinute > 0 && inWindow.Sum(entry => entry.Tokens) + hold.Tokens > scope.TokensPerMinute ? LimitKind.TokensPerMinute
            : scope.Concurrent > 0 && _entries.Count(entry => !entry.HasEnded) >= scope.Concurrent ? LimitKind.ConcurrentRequests
            : IsOver(scope.DailyNanoUsd, moment => moment.Day) ? LimitKind.DailyBudget
            : IsOver(scope.MonthlyNanoUsd, moment => moment.Month) ? LimitKind.MonthlyBudget
            : LimitKind.None;
    }

    private sealed class Entry(Hold hold)
    {
        public Hold Hold => hold;

        public long Tokens { get; set; } = hold.Tokens;

        public long Cost { get; set; }

        public bool HasEnded { get; set; }
    }
}
