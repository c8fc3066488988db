namespace Gateway.Api.Access;

/// <summary>Limits of one key; null leaves a limit to the key's tier.</summary>
internal sealed record KeyLimits(int? RequestsPerMinute = null, int? TokensPerMinute = null, int? ConcurrentRequests = null, int? RequestsPerDay = null);
