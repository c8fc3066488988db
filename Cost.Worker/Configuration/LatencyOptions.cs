using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>How long an alias's requests may take, from their arrival to the end of the answer.</summary>
internal sealed record LatencyOptions
{
    /// <summary>What the 99th percentile may be, in seconds; 0.001 to 3,600, 5 by default.</summary>
    [Range(0.001, 3_600)]
    public double Seconds { get; init; } = 5;

    /// <summary>The part of requests above it that is critical instead of a warning; 0.01 to 1, 0.1 by default.</summary>
    [Range(0.01, 1)]
    public double CriticalPart { get; init; } = 0.1;

    /// <summary>Over how many minutes; 1 to 60, 5 by default.</summary>
    [Range(1, 60)]
    public int Minutes { get; init; } = 5;

    /// <summary>Fewer requests than these say nothing; 1 to 1,000,000, 20 by default.</summary>
    [Range(1, 1_000_000)]
    public int LeastRequests { get; init; } = 20;
}
