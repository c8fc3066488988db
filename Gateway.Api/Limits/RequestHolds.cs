namespace Gateway.Api.Limits;

/// <summary>All that one request holds; given back together when it is settled.</summary>
internal sealed class RequestHolds(ILimitStore store)
{
    // The caller's, and maybe a model's and that of a rule.
    private readonly List<Hold> _admitted = new(capacity: 2);

    /// <summary>The budget of which most is spent, and the group that it is in; null where there is none.</summary>
    public (ScopeGroup Group, Verdict Verdict)? Budget { get; private set; }

    public void Add(Hold hold, Verdict verdict)
    {
        _admitted.Add(hold);
        if (verdict.BudgetLimit > 0 && !(Budget?.Verdict.BudgetShare >= verdict.BudgetShare))
        {
            Budget = (hold.Group, verdict);
        }
    }

    /// <summary>Once; whoever comes after finds nothing left to settle.</summary>
    public void Settle(long tokens, long nanoUsd)
    {
        foreach (var hold in _admitted)
        {
            store.Settle(hold, tokens, nanoUsd);
        }

        _admitted.Clear();
    }
}
