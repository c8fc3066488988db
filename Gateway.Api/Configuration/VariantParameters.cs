using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>Parameters that a variant sets; what is left out is as the caller wants it.</summary>
public sealed record VariantParameters
{
    /// <summary><c>temperature</c>.</summary>
    [Range(0, 2)]
    public double? Temperature { get; init; }

    /// <summary><c>top_p</c>.</summary>
    [Range(0, 1)]
    public double? TopP { get; init; }

    /// <summary><c>frequency_penalty</c>.</summary>
    [Range(-2, 2)]
    public double? FrequencyPenalty { get; init; }

    /// <summary><c>presence_penalty</c>.</summary>
    [Range(-2, 2)]
    public double? PresencePenalty { get; init; }

    /// <summary><c>seed</c>.</summary>
    public long? Seed { get; init; }

    /// <summary><c>max_completion_tokens</c>, or <c>max_tokens</c> where the request has that.</summary>
    [Range(1, 1_000_000)]
    public int? MaxTokens { get; init; }

    /// <summary><c>reasoning_effort</c> of conversations, such as <c>low</c>.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary><c>verbosity</c> of conversations, such as <c>low</c>.</summary>
    public string? Verbosity { get; init; }
}
