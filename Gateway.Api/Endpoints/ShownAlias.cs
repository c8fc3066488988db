using Gateway.Api.Configuration;
using Gateway.Api.Prices;
using Gateway.Api.Routing;

namespace Gateway.Api.Endpoints;

/// <param name="Available">Whether one of its targets would serve a request.</param>
/// <param name="Minutes">How far back <c>recent_…</c> goes.</param>
internal sealed record ShownAlias(
    string Object, string Alias, string Policy, bool Available, bool SafeStream, int? MaxOutputTokens, int Minutes, IReadOnlyList<ShownAlias.ShownTarget> Targets)
{
    public static ShownAlias Of(ModelRoute route, Router router, RecentAttempts recent, GatewayOptions options, DateTimeOffset now)
    {
        var hasFallback = router.Find(route.Alias) is { HasFallback: true };
        var shown = TargetState.Of(route, hasFallback, recent)
            .Zip(route.Targets, (state, target) => new ShownTarget(target, state, options.Prices.Find(target.Name, now) is { } price ? ShownPrice.Of(price) : null)).ToList();
        return new ShownAlias("model", route.Alias, route.PolicyName, shown.Exists(target => target.Available), route.SafeStream, options.Models.GetValueOrDefault(route.Alias)?.MaxOutputTokens, RecentAttempts.Minutes, shown);
    }

    /// <param name="Target"><c>provider/model</c>.</param>
    /// <param name="Weight">Its share under <c>Weighted</c>, in proportion to the others'.</param>
    /// <param name="Price">Null where none is configured.</param>
    internal sealed record ShownTarget(
        string Target, string Provider, string Model, double Weight, bool Available, string? Reason, string? Remedy, string Circuit, double? LeftAloneForSeconds, int InFlight,
        double FirstTokenSeconds, double PerTokenSeconds, long Attempts, long Failures, double? Share, long RecentAttempts, long RecentFailures, double? RecentShare,
        TargetState.ShownFailure? LastFailure, ShownPrice? Price)
    {
        public ShownTarget(Target target, TargetState state, ShownPrice? price) : this(
            target.Name, target.Provider.Name, target.Model, target.Weight, state.Available, state.Reason, state.Remedy, state.Circuit, state.LeftAloneForSeconds, state.InFlight,
            state.FirstTokenSeconds, state.PerTokenSeconds, state.Attempts, state.Failures, state.Share, state.RecentAttempts, state.RecentFailures, state.RecentShare,
            state.LastFailure, price)
        {
        }
    }

    /// <summary>In US dollars per million tokens.</summary>
    internal sealed record ShownPrice(string Version, decimal InputUsd, decimal? CachedInputUsd, decimal? CacheWriteUsd, decimal? OutputUsd)
    {
        public static ShownPrice Of(Price price) => new(price.Version, price.Input, price.CachedInput, price.CacheWrite, price.Output);
    }
}
