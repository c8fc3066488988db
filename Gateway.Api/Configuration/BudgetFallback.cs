namespace Gateway.Api.Configuration;

/// <summary>What becomes of requests under a budget that cannot be looked up.</summary>
public enum BudgetFallback
{
    /// <summary>They go through.</summary>
    Allow,

    /// <summary>They are answered with 503.</summary>
    Refuse,
}
