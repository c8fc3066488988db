namespace Gateway.Api.Configuration;

/// <summary>One place that serves an alias: a provider and the model's name there.</summary>
public sealed record TargetOptions
{
    /// <summary>A name from <see cref="GatewayOptions.Providers"/>.</summary>
    public string Provider { get; init; } = "";

    /// <summary>What the provider calls the model.</summary>
    public string Model { get; init; } = "";
}
