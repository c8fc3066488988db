using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration.Parameters;

/// <summary>What is read of AWS Parameter Store: section <c>Configuration</c>, read at the start.</summary>
public sealed record ParameterStoreOptions
{
    internal const string Section = "Configuration";

    /// <summary>The path below which the parameters are settings of section <c>Gateway</c>, such as <c>/gateway/prod</c>: <c>/gateway/prod/Limits/Retries</c>. Nothing is read by default.</summary>
    [RegularExpression(@"(/[A-Za-z0-9_.-]+)+/?", ErrorMessage = "must be a path such as /gateway/prod, of letters, digits, '_', '.' and '-'.")]
    public string? ParameterStore { get; init; }

    /// <summary>How often they are read anew. 0.1 to 86,400; 30 by default.</summary>
    [Range(0.1, 86400)]
    public double PollSeconds { get; init; } = 30;
}
