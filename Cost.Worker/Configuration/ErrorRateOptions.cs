using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>The part of an alias's requests that failed by 5xx, broke off, or were refused by the provider.</summary>
internal sealed record ErrorRateOptions
{
    /// <summary>The part of a warning; 0.0001 to 1, 0.05 by default.</summary>
    [Range(0.0001, 1)]
    public double Warning { get; init; } = 0.05;

    /// <summary>The part of a critical alert; 0.0001 to 1, 0.2 by default.</summary>
    [Range(0.0001, 1)]
    public double Critical { get; init; } = 0.2;

    /// <summary>Over how many minutes; 1 to 60, 5 by default.</summary>
    [Range(1, 60)]
    public int Minutes { get; init; } = 5;

    /// <summary>Fewer requests than these say nothing; 1 to 1,000,000, 10 by default.</summary>
    [Range(1, 1_000_000)]
    public int LeastRequests { get; init; } = 10;
}
