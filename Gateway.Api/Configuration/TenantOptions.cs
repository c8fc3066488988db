namespace Gateway.Api.Configuration;

/// <summary>What all keys of a tenant get together.</summary>
public sealed record TenantOptions : UsageLimits;
