namespace Gateway.Api.Configuration;

/// <summary>What all callers of an alias get together.</summary>
public sealed record ModelLimits : UsageLimits;
