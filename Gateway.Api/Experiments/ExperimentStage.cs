using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using Gateway.Api.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Api.Experiments;

/// <summary>
/// Finds the experiment that a request is part of, if any, and makes of the request what its variant says: other targets, parameters, a
/// system prompt. A request of no experiment keeps its bytes.
/// </summary>
internal sealed class ExperimentStage
{
    private readonly LiveConfiguration _configuration;
    private readonly FeatureFlags _flags;
    private readonly Router _router;
    private readonly GatewayMetrics _metrics;
    private volatile FrozenDictionary<string, Experiment[]> _byAlias;

    public ExperimentStage(LiveConfiguration configuration, FeatureFlags flags, Router router, GatewayMetrics metrics)
    {
        (_configuration, _flags, _router, _metrics) = (configuration, flags, router, metrics);
        configuration.Changed += _ => Rebuild();
        Rebuild();
    }

    public ValueTask ApplyAsync(GatewayRequest request) =>
        _byAlias.TryGetValue(request.Route!.Alias, out var experiments) ? ApplyAsync(request, experiments) : ValueTask.CompletedTask;

    private async ValueTask ApplyAsync(GatewayRequest request, Experiment[] experiments)
    {
        var caller = request.Caller;
        var experiment = Array.Find(experiments, experiment => experiment.IsFor(request.Operation) && experiment.Includes(caller) && MayUseAll(caller, experiment));
        if (experiment is null || !await _flags.IsOnAsync(GatewayFlags.Experiments, caller))
        {
            return;
        }

        var variant = experiment.VariantOf(caller);
        if (RouteOf(request, variant) is { } route)
        {
            var hasOtherTime = route.Limits.Request != request.Route!.Limits.Request;
            (request.Variant, request.Route) = (variant, route);
            if (hasOtherTime)
            {
                request.RenewDeadline(request.TimeLeft);
            }

            VariantEdits.Of(variant.Options, request).ApplyTo(request);
            request.Http.Response.Headers[GatewayHeaders.Variant] = variant.FullName;
            request.Http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new("gateway.variant", variant.FullName));
            _metrics.Experimented(variant.FullName);
        }
    }

    // An experiment opens no model to a key that may not use it, and a key that some variants are closed to would spoil the comparison.
    private bool MayUseAll(ApiKey caller, Experiment experiment) =>
        experiment.Variants.All(variant => variant.Options.Alias is not { } alias || (caller.MayUse(alias) && _configuration.Current.TierMayUse(caller.Tier, alias)));

    // Null where none of the variant's targets has credentials at present.
    private ModelRoute? RouteOf(GatewayRequest request, Variant variant)
    {
        var bringsToken = Caller.BringsBedrockTokenTo(request.Http);
        return variant.Options.Targets.Count > 0 ? _router.FindVariant(variant.FullName, bringsToken)
            : variant.Options.Alias is { } alias ? _router.Find(alias, bringsToken)
            : request.Route;
    }

    [MemberNotNull(nameof(_byAlias))]
    private void Rebuild() => _byAlias = _configuration.Current.Experiments
        .Where(experiment => experiment.Value.Enabled)
        .Select(experiment => new Experiment(experiment.Key, experiment.Value))
        .GroupBy(experiment => experiment.Alias)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
}
