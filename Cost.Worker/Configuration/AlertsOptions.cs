using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>Section <c>Alerts</c>: what is watched, and who is told.</summary>
internal sealed record AlertsOptions
{
    public const string Section = "Alerts";

    /// <summary>How often everything is looked at, in seconds; 0.05 to 60, 2 by default.</summary>
    [Range(0.05, 60)]
    public double EverySeconds { get; init; } = 2;

    /// <summary>By what part of its threshold a value must fall below it before an alert may end; 0 to 0.9, 0.1 by default.</summary>
    [Range(0, 0.9)]
    public double Hysteresis { get; init; } = 0.1;

    /// <summary>For how many seconds that must hold; 0 to 86,400, 60 by default.</summary>
    [Range(0, 86_400)]
    public int ResolveAfterSeconds { get; init; } = 60;

    /// <summary>The gateway's address, whose targets, circuits, journal and budgets are watched with the admin key; by default where the AppHost says it is, and none without it.</summary>
    public string? Gateway { get; init; }

    /// <summary>Budgets beside those that the gateway's tenants and keys have, by name.</summary>
    public IReadOnlyDictionary<string, BudgetOptions> Budgets { get; init; } = new Dictionary<string, BudgetOptions>();

    /// <summary>Whether the budgets that the gateway's tiers give each of their users, and each key without one, are watched too. Default: <c>false</c>, since there may be thousands.</summary>
    public bool TierBudgets { get; init; }

    /// <summary>The parts of a budget at which somebody is told.</summary>
    public BudgetThresholdOptions BudgetThresholds { get; init; } = new();

    /// <summary>How often budgets are held against the forecast of spend, in minutes; 1 to 1,440, 10 by default.</summary>
    [Range(1, 1_440)]
    public int ForecastEveryMinutes { get; init; } = 10;

    /// <summary>Spend that is far from what it was.</summary>
    public SpendAnomalyOptions SpendAnomaly { get; init; } = new();

    /// <summary>Requests that the service failed at.</summary>
    public ErrorRateOptions ErrorRate { get; init; } = new();

    /// <summary>Requests that took too long.</summary>
    public LatencyOptions Latency { get; init; } = new();

    /// <summary>How far the ledger may be behind.</summary>
    public LedgerLagOptions LedgerLag { get; init; } = new();

    /// <summary>How much usage may wait in a gateway's journal.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>Who is told, by a name: letters, digits, <c>-</c> and <c>_</c>. Every alert is in the log too.</summary>
    public IReadOnlyDictionary<string, SinkOptions> Sinks { get; init; } = new Dictionary<string, SinkOptions>();
}
