using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>Parts of a budget; 0.01 to 10.</summary>
internal sealed record BudgetThresholdOptions
{
    /// <summary>0.5 by default.</summary>
    [Range(0.01, 10)]
    public double Info { get; init; } = 0.5;

    /// <summary>0.8 by default.</summary>
    [Range(0.01, 10)]
    public double Warning { get; init; } = 0.8;

    /// <summary>1 by default.</summary>
    [Range(0.01, 10)]
    public double Critical { get; init; } = 1;
}
