namespace Local.Model.Behaviour;

/// <summary>One way to misbehave.</summary>
public sealed record Fault
{
    public FaultKind Kind { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/>: the HTTP status, 200 to 599. Default: 503.</summary>
    public int Status { get; init; } = 503;

    /// <summary>For <see cref="FaultKind.Status"/>: seconds in a Retry-After header. Default: no header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/>: the body. Default: an error in OpenAI's form.</summary>
    public string? Body { get; init; }

    /// <summary>For <see cref="FaultKind.Status"/> with a body: its type. Default: <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>For <see cref="FaultKind.Cut"/>, <see cref="FaultKind.Stall"/> and <see cref="FaultKind.Malformed"/>: tokens sent before it strikes. Default: 0.</summary>
    public int AfterTokens { get; init; }

    /// <summary>For <see cref="FaultKind.Stall"/> and <see cref="FaultKind.Delay"/>: how long, in milliseconds. Default: 30,000.</summary>
    public int DurationMs { get; init; } = 30_000;

    /// <summary>How many requests it strikes before it is spent. Default: every one.</summary>
    public int? Times { get; init; }

    /// <summary>The chance that it strikes a request, 0 to 1. Default: 1.</summary>
    public double Probability { get; init; } = 1;
}
