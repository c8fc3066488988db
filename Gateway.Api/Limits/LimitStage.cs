using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Limits;

/// <summary>
/// Holds what a request may use at most of every limit and budget that it is under, or refuses it. Where nothing applies nothing is asked.
/// </summary>
internal sealed partial class LimitStage(LiveConfiguration configuration, LimitScopes scopes, LimitHolder holder, CostControl costControl, ILogger<LimitStage> logger)
{
    public async ValueTask<Refusal?> AdmitAsync(GatewayRequest request) =>
        RefuseTier(request) ?? await holder.TakeAsync(request, scopes.OfCaller(request.Caller), request.Route is { } route ? scopes.OfModel(route.Alias) : null) ?? await costControl.ApplyAsync(request);

    // A tier that is gone must not leave its keys without limits.
    private Refusal? RefuseTier(GatewayRequest request)
    {
        // What is passed through names no alias: it takes a tier that may use all.
        var (tier, alias) = (request.Caller.Tier, request.Route?.Alias ?? "");
        if (tier is not null && !configuration.Current.Tiers.ContainsKey(tier))
        {
            LogUnknownTier(request.Caller.Id, tier);
            return new Refusal(StatusCodes.Status403Forbidden, Refusal.InvalidRequestError, "tier_not_configured", $"This key is of the tier '{tier}', which this gateway does not know. Ask its operator.");
        }

        return configuration.Current.TierMayUse(tier, alias) ? null : Refusal.ModelNotAllowed(alias);
    }

    [LoggerMessage(LogLevel.Warning, "Key {Key} is of the tier {Tier}, which is not configured; it is refused.")]
    private partial void LogUnknownTier(string key, string tier);
}
