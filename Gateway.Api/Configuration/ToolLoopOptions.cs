using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>
/// How far the gateway goes with the tools of one request. Once a bound is reached no further tool is called: the model is told so, and
/// has to answer with what there is. That last answer may exceed the bounds of tokens and money.
/// </summary>
public sealed record ToolLoopOptions
{
    /// <summary>How often the model is called at most, its last answer included. 1 to 100; 8 by default.</summary>
    [Range(1, 100)]
    public int MaxRounds { get; init; } = 8;

    /// <summary>For how long tools are called, from the request's arrival, in seconds. 1 to 3600; 60 by default. A reply that is not streamed has <see cref="LimitsOptions.RequestTimeoutSeconds"/> in all.</summary>
    [Range(1, 3600d)]
    public double MaxSeconds { get; init; } = 60;

    /// <summary>How many tokens all rounds may use together, prompts and answers. 1 to 1000000000; 200000 by default.</summary>
    [Range(1, 1_000_000_000)]
    public long MaxTokens { get; init; } = 200_000;

    /// <summary>What all rounds may cost together in US dollars, as far as prices are known. 0.000001 to 1000000; 1 by default.</summary>
    [Range(0.000001, 1_000_000d)]
    public double MaxCostUsd { get; init; } = 1;

    /// <summary>How many tools are called at once, for one answer of the model. 1 to 128; 16 by default.</summary>
    [Range(1, 128)]
    public int MaxCallsPerRound { get; init; } = 16;

    /// <summary>How many bytes of a tool's result the model is given; what is longer is cut, and the model told. 256 to 4194304 (4 MiB); 32768 (32 KiB) by default.</summary>
    [Range(256, 4 * 1024 * 1024)]
    public int MaxResultBytes { get; init; } = 32 * 1024;

    internal TimeSpan Time => TimeSpan.FromSeconds(MaxSeconds);
}
