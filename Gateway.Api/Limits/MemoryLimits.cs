using System.Collections.Concurrent;

namespace Gateway.Api.Limits;

/// <summary>Counts limits in this process.</summary>
internal sealed class MemoryLimits(TimeProvider time) : ILimitStore
{
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    public ValueTask<Verdict> HoldAsync(Hold hold) => ValueTask.FromResult(Hold(hold, hold.Group.Scopes));

    /// <param name="hold">What is asked for.</param>
    /// <param name="scopes">The group's scopes, with the limits that apply here.</param>
    public Verdict Hold(Hold hold, Scope[] scopes)
    {
        hold.At = Moment.Of(time.GetUtcNow());
        var place = _places.GetOrAdd(hold.Group.Place, static _ => new Place());
        lock (place.Gate)
        {
            return Hold(hold, scopes, place);
        }
    }

    public void Settle(Hold hold, long tokens, long nanoUsd)
    {
        var place = _places[hold.Group.Place];
        var now = Moment.Of(time.GetUtcNow());
        lock (place.Gate)
        {
            foreach (var scope in hold.Group.Scopes)
            {
                place.StateOf(scope, now).Settle(hold, tokens, nanoUsd);
            }
        }
    }

    public Task<IReadOnlyList<ScopeSpend>?> ReadSpendAsync(IReadOnlyList<PlacedScope> scopes, CancellationToken cancellationToken)
    {
        var now = Moment.Of(time.GetUtcNow());
        return Task.FromResult<IReadOnlyList<ScopeSpend>?>([.. scopes.Select(scope => _places.TryGetValue(scope.Place, out var place) ? place.SpendOf(scope.Scope, now) : default)]);
    }

    private static Verdict Hold(Hold hold, Scope[] scopes, Place place)
    {
        for (var i = 0; i < scopes.Length; i++)
        {
            if (place.StateOf(scopes[i], hold.At).Check(scopes[i], hold, hold.At.Milliseconds) is { IsAdmitted: false } refused)
            {
                return refused with { Scope = i };
            }
        }

        var verdict = default(Verdict);
        for (var i = 0; i < scopes.Length; i++)
        {
            var state = place.StateOf(scopes[i], hold.At);
            state.Take(hold);
            verdict = state.Nearest(verdict, scopes[i], i);
        }

        return verdict;
    }

    private sealed class Place
    {
        private readonly Dictionary<string, ScopeState> _states = new(StringComparer.Ordinal);

        public Lock Gate { get; } = new();

        public ScopeSpend SpendOf(Scope scope, Moment now)
        {
            lock (Gate)
            {
                return _states.ContainsKey(scope.Name) ? StateOf(scope, now).Spend : default;
            }
        }

        public ScopeState StateOf(Scope scope, Moment now)
        {
            if (!_states.TryGetValue(scope.Name, out var state))
            {
                state = _states[scope.Name] = new ScopeState();
            }

            state.MoveTo(now);
            return state;
        }
    }
}
