using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Limits;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Routing;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Api.PassThrough;

/// <summary>Everything that can refuse a request before it is passed on. What it admits has a target, whose model may be unknown.</summary>
internal sealed class PassThroughAdmission(LiveConfiguration configuration, ProviderRegistry providers, LimitStage limits, FeatureFlags flags, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // Nothing is tried again or elsewhere, so that there is nothing to learn of a target's health.
    private readonly TargetHealth _health = new(time);

    public async ValueTask<Refusal?> AdmitAsync(GatewayRequest request)
    {
        if (!await flags.IsOnAsync(GatewayFlags.PassThrough, request.Caller))
        {
            return Refusal.UnknownUrl(request.Http.Request);
        }

        if (RefusalOf(request) is { } forbidden)
        {
            return forbidden;
        }

        var maxBytes = configuration.Current.Limits.MaxPassThroughBytes;
        if (request.Http.Request.ContentLength > maxBytes)
        {
            return Refusal.RequestTooLarge(maxBytes);
        }

        var name = configuration.Current.PassThrough!;
        if (providers.Find(name) is not OpenAIProvider { Problem: null } provider)
        {
            return Refusal.NoTargetAvailable($"The provider '{name}', which answers this route, cannot be used at present; its operator has to look at it.", RetryAfter);
        }

        request.Http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = maxBytes;
        request.Target = new Target(provider, await PassThroughModel.PeekAsync(request.Http.Request, request.Cancelled), _health);
        return await limits.AdmitAsync(request);
    }

    // Who may use certain models only may not choose freely among the provider's, and what a route calls is not always in its request.
    private static Refusal? RefusalOf(GatewayRequest request) =>
        Caller.BringsBedrockTokenTo(request.Http) ? Refusal.InsufficientPermissions("A Bedrock API key buys models of Bedrock only, and this route is served elsewhere.")
        : !request.Caller.MayUseAll ? Refusal.InsufficientPermissions("This key may use certain models only, and this route takes a key that may use all. GET /v1/models lists what it may use.")
        : null;
}
