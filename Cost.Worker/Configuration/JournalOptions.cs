using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>How many usage events may wait in the gateway's journal.</summary>
internal sealed record JournalOptions
{
    /// <summary>Events of a warning; 1 to 1,000,000,000, 10,000 by default.</summary>
    [Range(1, 1_000_000_000)]
    public long Warning { get; init; } = 10_000;

    /// <summary>Events of a critical alert; 1 to 1,000,000,000, 1,000,000 by default.</summary>
    [Range(1, 1_000_000_000)]
    public long Critical { get; init; } = 1_000_000;
}
