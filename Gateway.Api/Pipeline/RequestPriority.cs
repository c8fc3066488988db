using Gateway.Api.Configuration;

namespace Gateway.Api.Pipeline;

/// <summary>Who goes first where requests wait for a target: the higher number. Requests of two priorities share no call, in which one would have the other's.</summary>
internal static class RequestPriority
{
    // Below that of any tier.
    private const int Batch = -1;

    public static int Of(GatewayRequest request, GatewayOptions options) =>
        request.IsBatch ? Batch : request.Caller.Tier is { } tier && options.Tiers.TryGetValue(tier, out var found) ? found.Priority : 0;
}
