using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>For how many seconds usage may wait in Redis without the worker having taken in all of it.</summary>
internal sealed record LedgerLagOptions
{
    /// <summary>Seconds until a warning; 2 to 86,400, 60 by default.</summary>
    [Range(2, 86_400)]
    public int WarningSeconds { get; init; } = 60;

    /// <summary>Seconds until a critical alert; 2 to 86,400, 600 by default.</summary>
    [Range(2, 86_400)]
    public int CriticalSeconds { get; init; } = 600;
}
