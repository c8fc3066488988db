using Gateway.Api.Caching.Semantic;
using Gateway.Api.Providers;
using Gateway.Api.Routing;

namespace Gateway.Api.Caching.Flights;

/// <summary>What a flight came to: a failure, a kept answer, a whole reply, or, where it is none of them, the beginning of a stream.</summary>
/// <param name="Target">Who answered; null for a kept answer.</param>
/// <param name="Attempts">How many targets were called.</param>
/// <param name="Warnings">What the callers are told.</param>
internal sealed record FlightHead(Target? Target, int Attempts, IReadOnlyList<string> Warnings)
{
    public UpstreamFailure? Failure { get; init; }

    public SimilarAnswer? Kept { get; init; }

    public UpstreamReply? Reply { get; init; }
}
