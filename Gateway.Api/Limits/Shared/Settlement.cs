namespace Gateway.Api.Limits.Shared;

/// <summary>What a request really used, on its way to Redis.</summary>
/// <param name="Member">The hold that it had there, or one that never was.</param>
internal readonly record struct Settlement(byte[] Member, long Tokens, long NanoUsd);
