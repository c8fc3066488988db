using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>One place that serves an alias: a provider and the model's name there.</summary>
public sealed record TargetOptions
{
    /// <summary>A name from <see cref="GatewayOptions.Providers"/>.</summary>
    public string Provider { get; init; } = "";

    /// <summary>What the provider calls the model.</summary>
    public string Model { get; init; } = "";

    /// <summary>The target's share under <c>Weighted</c>, in proportion to the others'. 0: only when the others fail. 0 to 1,000,000; 1 by default.</summary>
    [Range(0, 1_000_000d)]
    public double Weight { get; init; } = 1;

    /// <summary>How many tokens prompt and answer may have together. A request that was too long elsewhere goes to a target that states more, or nothing.</summary>
    [Range(1, int.MaxValue)]
    public int? ContextWindow { get; init; }

    /// <summary>Whether the model can call tools. On by default; where it is off, requests whose tools the gateway calls go to the alias's other targets, or are refused where it has none.</summary>
    public bool Tools { get; init; } = true;

    /// <summary>How many requests the target works on at once; further ones wait in this process for as long as <see cref="LimitsOptions.QueueSeconds"/>. 1 to 100,000; not bounded where left out.</summary>
    [Range(1, 100_000)]
    public int? MaxConcurrency { get; init; }
}
