namespace Gateway.Api.Limits;

/// <summary>What was decided about a request, and how near it came.</summary>
internal readonly record struct Verdict
{
    /// <summary>The limit that refuses it, or none.</summary>
    public LimitKind Refused { get; init; }

    /// <summary>Whose limit refuses it: its index in the group.</summary>
    public int Scope { get; init; }

    public long Limit { get; init; }

    /// <summary>What is used of the limit: requests, tokens, or nano-dollars spent.</summary>
    public long Used { get; init; }

    /// <summary>Nano-dollars held for requests under way.</summary>
    public long Held { get; init; }

    /// <summary>When enough of a window is past; 0 where that is not what is waited for.</summary>
    public long WaitMilliseconds { get; init; }

    /// <summary>Which limit on requests is the tightest, or none.</summary>
    public LimitKind Requests { get; init; }

    public long RequestLimit { get; init; }

    public long RequestsRemaining { get; init; }

    /// <summary>The tightest limit on tokens; 0 where there is none.</summary>
    public long TokenLimit { get; init; }

    public long TokensRemaining { get; init; }

    /// <summary>The budget of which most is spent; none where there is none.</summary>
    public LimitKind Budget { get; init; }

    public int BudgetScope { get; init; }

    public long BudgetLimit { get; init; }

    public long BudgetSpent { get; init; }

    public long BudgetHeld { get; init; }

    public bool IsAdmitted => Refused == LimitKind.None;

    /// <summary>Which part of the budget is spent.</summary>
    public double BudgetShare => BudgetLimit == 0 ? 0 : (double)BudgetSpent / BudgetLimit;
}
