using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>
/// When the spend of the last sixty minutes is an anomaly: its robust z-score, the distance from the median of the hours before in median absolute deviations (scaled
/// by 1.4826, as which they are standard deviations where spend is normal).
/// </summary>
internal sealed record SpendAnomalyOptions
{
    /// <summary>The score of a warning; 1 to 1,000, 4 by default.</summary>
    [Range(1, 1_000)]
    public double Warning { get; init; } = 4;

    /// <summary>The score of a critical alert; 1 to 1,000, 10 by default.</summary>
    [Range(1, 1_000)]
    public double Critical { get; init; } = 10;

    /// <summary>Less than so many US dollars in an hour are none; 0.000001 to 1,000,000, 5 by default.</summary>
    [Range(0.000001, 1_000_000)]
    public decimal LeastUsd { get; init; } = 5;

    /// <summary>How many hours are looked back at; 24 to 300, 168 by default. With less than 24 of history nothing is said.</summary>
    [Range(24, 300)]
    public int HistoryHours { get; init; } = 168;
}
