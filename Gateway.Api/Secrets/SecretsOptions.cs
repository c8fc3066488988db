using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Secrets;

/// <summary>How secrets are read from AWS: section <c>Secrets</c>, read at the start.</summary>
public sealed record SecretsOptions
{
    internal const string Section = "Secrets";

    /// <summary>How often a secret is read anew in the background. 0.1 to 86,400; 300, five minutes, by default.</summary>
    [Range(0.1, 86400)]
    public double RefreshSeconds { get; init; } = 300;

    /// <summary>Where Secrets Manager and Parameter Store are reached instead of at AWS.</summary>
    public string? ServiceUrl { get; init; }
}
