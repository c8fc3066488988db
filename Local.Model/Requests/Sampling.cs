namespace Local.Model.Requests;

/// <summary>How to generate: what chat and plain completions have in common.</summary>
internal sealed record Sampling
{
    public int? MaxTokens { get; init; }

    public int MinTokens { get; init; }

    public int Choices { get; init; } = 1;

    public IReadOnlyList<string> Stop { get; init; } = [];

    public long Seed { get; init; }

    public bool IgnoreEos { get; init; }

    /// <summary>How many alternatives to show for each token; null shows no probabilities at all.</summary>
    public int? Logprobs { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public bool ContinuousUsage { get; init; }
}
