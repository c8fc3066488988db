namespace Gateway.Api.Routing;

/// <summary>Why an attempt failed, and when.</summary>
internal sealed record TargetFailure(DateTimeOffset At, string Reason);
