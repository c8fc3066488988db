namespace Gateway.Api.Limits.Shared;

/// <summary>What a request really used, or all requests of a lease, on its way to Redis.</summary>
/// <param name="Member">The hold that it had there, or one that never was.</param>
internal readonly record struct Settlement(byte[] Member, long Tokens, long NanoUsd)
{
    /// <summary>Requests that were held and never made.</summary>
    public long Unused { get; init; }

    /// <summary>Holds that take the place of this one, for those of its requests that are still under way.</summary>
    public IReadOnlyList<byte[]> Open { get; init; } = [];
}
