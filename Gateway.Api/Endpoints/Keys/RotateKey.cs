using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>What <c>POST /admin/keys/{id}/rotate</c> takes; all of it may be left out.</summary>
internal sealed record RotateKey
{
    private const int LongestOverlap = 7 * 24 * 60 * 60;

    /// <summary>How long the secret before stays good, in seconds: 0, which is the default, to 604,800, a week.</summary>
    public int OverlapSeconds { get; init; }

    public Refusal? FindFault() => OverlapSeconds is >= 0 and <= LongestOverlap
        ? null
        : Refusal.InvalidRequest($"'overlap_seconds' is {OverlapSeconds}; it must be 0 to {LongestOverlap}.", "overlap_seconds");
}
