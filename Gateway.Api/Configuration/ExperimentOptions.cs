namespace Gateway.Api.Configuration;

/// <summary>Requests of one alias, split between variants that are then compared.</summary>
public sealed record ExperimentOptions
{
    /// <summary>The alias whose requests are split.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Whether requests are split; where they are not the alias answers as if there were no experiment. On by default.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The variant that the others are compared with. <c>control</c> by default.</summary>
    public string Control { get; init; } = "control";

    /// <summary>Whose requests are split. Everybody's by default.</summary>
    public SegmentOptions Segment { get; init; } = new();

    /// <summary>Two or more, by names of 1 to 64 letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, as the experiment's own name is.</summary>
    public IReadOnlyDictionary<string, VariantOptions> Variants { get; init; } = new Dictionary<string, VariantOptions>();
}
