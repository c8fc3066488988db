using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>Which requests callers may give feedback on: recent ones, which have to be remembered for it.</summary>
public sealed record FeedbackOptions
{
    /// <summary>For how long after its answer a request takes feedback, in hours.</summary>
    [Range(0.001, 720)]
    public double LifetimeHours { get; init; } = 24;

    /// <summary>How many requests each process remembers; beyond it the oldest are forgotten.</summary>
    [Range(1, 10_000_000)]
    public int MaxRequests { get; init; } = 100_000;

    /// <summary>How many requests outside of experiments each process begins to remember in a second; those of experiments are all remembered.</summary>
    [Range(0, 1_000_000)]
    public int MaxRequestsPerSecond { get; init; } = 100;

    internal TimeSpan Lifetime => TimeSpan.FromHours(LifetimeHours);
}
