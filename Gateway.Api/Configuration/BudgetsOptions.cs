using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>How budgets are kept.</summary>
public sealed record BudgetsOptions
{
    /// <summary>The part of a budget past which <see cref="GatewayOptions.CostControl"/> applies and callers are warned.</summary>
    [Range(0.01, 1)]
    public double SoftThreshold { get; init; } = 0.8;

    /// <summary>Whether requests under a budget are let through while Redis cannot be reached; what they cost is booked afterwards.</summary>
    public BudgetFallback WhenUnavailable { get; init; } = BudgetFallback.Allow;

    /// <summary>A model is cheap below this price in US dollars per million output tokens.</summary>
    [Range(0, 1_000_000)]
    public decimal CheapBelowUsd { get; init; } = 1;

    /// <summary>A model is expensive from this price in US dollars per million output tokens on.</summary>
    [Range(0, 1_000_000)]
    public decimal ExpensiveFromUsd { get; init; } = 10;

    /// <summary>
    /// Seconds between comparisons with the ledger, where Redis counts and the cost worker is known: what the ledger has of a budget beyond what
    /// Redis has is booked, such as what a gateway that was killed had not yet settled.
    /// </summary>
    [Range(1, 3600)]
    public int ReconcileSeconds { get; init; } = 30;
}
