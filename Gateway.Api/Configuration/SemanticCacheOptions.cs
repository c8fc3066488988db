using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>
/// Whether a question is answered with the answer to one of the same meaning. Off until the flag <c>SemanticCache</c> is on and
/// <see cref="Embeddings"/> is set.
/// </summary>
public sealed record SemanticCacheOptions
{
    /// <summary>The alias whose embeddings tell what a question means; none by default. Its calls are metered under the key of whoever asks.</summary>
    public string? Embeddings { get; init; }

    /// <summary>How near two questions have to be, as the cosine of their embeddings. 0.5 to 1; 0.97 by default. What is near enough depends on the model.</summary>
    [Range(0.5, 1)]
    public double Threshold { get; init; } = 0.97;

    /// <summary>How old an answer may be, in seconds; never older than it is kept at all. 1 to 2592000; 3600 by default.</summary>
    [Range(1, 2_592_000)]
    public int MaxAgeSeconds { get; init; } = 3600;

    /// <summary>How many answers a process can find by their meaning; beyond it the oldest go. 1 to 100000; 5000 by default.</summary>
    [Range(1, 100_000)]
    public int MaxAnswers { get; init; } = 5000;
}
