namespace Gateway.Api.Configuration;

/// <summary>One of the ways that an experiment compares; what it leaves out is as the alias has it.</summary>
public sealed record VariantOptions
{
    /// <summary>Its share of the users, in proportion to the other variants' weights. 0 to 1,000,000; 1 by default.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The alias that answers; not together with <see cref="Targets"/>.</summary>
    public string? Alias { get; init; }

    /// <summary>The targets that answer, under the alias's policy and limits; not together with <see cref="Alias"/>.</summary>
    public IReadOnlyList<TargetOptions> Targets { get; init; } = [];

    /// <summary>Written into the request, in place of what it says itself.</summary>
    public VariantParameters Parameters { get; init; } = new();

    /// <summary>A system prompt for conversations.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>What becomes of the caller's own system prompt: <c>Add</c> puts the variant's behind it, <c>Replace</c> in its place. <c>Add</c> by default.</summary>
    public SystemPromptMode SystemPromptMode { get; init; }
}
