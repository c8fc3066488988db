using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Api.Caching;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments;
using Gateway.Api.Providers;
using Gateway.Api.Routing.Policies;

namespace Gateway.Api.Routing;

/// <summary>
/// Knows which targets serve an alias, and which of them serve callers who bring a Bedrock token. The tables are made anew at every
/// change of configuration, and when a provider gets or loses its credentials, and read without a lock.
/// </summary>
internal sealed class Router
{
    private readonly LiveConfiguration _configuration;
    private readonly ProviderRegistry _providers;
    private readonly PolicyFactory _policies;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, TargetHealth> _health = new(StringComparer.Ordinal);
    private readonly Lock _changes = new();
    private volatile Tables _tables;

    public Router(LiveConfiguration configuration, ProviderRegistry providers, PolicyFactory policies, TimeProvider time)
    {
        (_configuration, _providers, _policies, _time) = (configuration, providers, policies, time);
        configuration.Changed += _ => Rebuild();
        providers.Changed += Rebuild;
        Rebuild();
    }

    /// <summary>The aliases that have a usable target, by name.</summary>
    public IReadOnlyList<ModelRoute> Routes(bool forBedrockToken = false) => [.. TableOf(forBedrockToken).ByAlias.Values.OrderBy(route => route.Alias, StringComparer.Ordinal)];

    /// <summary>Every alias with every target that the configuration gives it, usable or not, by name.</summary>
    public IReadOnlyList<ModelRoute> ConfiguredRoutes() => [.. _tables.Configured.Values.OrderBy(route => route.Alias, StringComparer.Ordinal)];

    /// <param name="forBedrockToken">Whether the caller brings a Bedrock token: it buys Bedrock's targets, and those alone.</param>
    public ModelRoute? Find(string alias, bool forBedrockToken = false) => TableOf(forBedrockToken).ByAlias.GetValueOrDefault(alias);

    /// <summary>The way to the targets that a variant of an experiment brings itself.</summary>
    /// <param name="variant"><c>experiment/variant</c>.</param>
    /// <param name="forBedrockToken">As for an alias.</param>
    public ModelRoute? FindVariant(string variant, bool forBedrockToken = false) => TableOf(forBedrockToken).ByVariant.GetValueOrDefault(variant);

    private RouteTable TableOf(bool forBedrockToken) => forBedrockToken ? _tables.ForBedrockTokens : _tables.ForKeys;

    // One at a time: of two changes the later one is what stays.
    [MemberNotNull(nameof(_tables))]
    private void Rebuild()
    {
        lock (_changes)
        {
            var options = _configuration.Current;
            var providers = _providers.Renew(options);
            _tables = new Tables(
                new RouteTable(Build(AliasesOf(options), options, providers, IsUsable), Build(VariantsOf(options), options, providers, IsUsable)),
                new RouteTable(Build(AliasesOf(options), options, providers, TakesBedrockTokens), Build(VariantsOf(options), options, providers, TakesBedrockTokens)),
                Build(AliasesOf(options), options, providers, _ => true));
        }
    }

    private static bool IsUsable(IProvider provider) => provider.Problem is null;

    private static bool TakesBedrockTokens(IProvider provider) => provider.TakesBedrockTokens;

    private static IEnumerable<(string Name, string Alias, ModelOptions Model)> AliasesOf(GatewayOptions options) => options.Models.Select(model => (model.Key, model.Key, model.Value));

    // All but the targets is the alias's.
    private static IEnumerable<(string Name, string Alias, ModelOptions Model)> VariantsOf(GatewayOptions options) =>
        from experiment in options.Experiments
        from variant in experiment.Value.Variants
        where variant.Value.Targets.Count > 0
        select (Variant.NameOf(experiment.Key, variant.Key), experiment.Value.Alias, options.Models[experiment.Value.Alias] with { Targets = variant.Value.Targets });

    private FrozenDictionary<string, ModelRoute> Build(
        IEnumerable<(string Name, string Alias, ModelOptions Model)> routes, GatewayOptions options, IReadOnlyDictionary<string, IProvider> providers, Predicate<IProvider> serves) =>
        routes
            .Select(route => (route.Name, Route: new ModelRoute(route.Alias, [.. UsableTargets(route.Model, providers, serves)], _policies.Of(route.Model), RouteLimits.Of(options.Limits, route.Model))
            {
                PolicyName = route.Model.Policy,
                SafeStream = route.Model.SafeStream,
                Cache = CacheRules.Of(options.Cache, route.Model.Cache),
            }))
            .Where(route => route.Route.Targets.Count > 0)
            .ToFrozenDictionary(route => route.Name, route => route.Route, StringComparer.Ordinal);

    private IEnumerable<Target> UsableTargets(ModelOptions model, IReadOnlyDictionary<string, IProvider> providers, Predicate<IProvider> serves) =>
        from target in model.Targets
        let provider = providers.GetValueOrDefault(target.Provider)
        where provider is not null && serves(provider)
        select new Target(provider, target.Model, HealthOf(Target.NameOf(provider.Name, target.Model)))
        {
            Weight = target.Weight,
            ContextWindow = target.ContextWindow,
            MaxConcurrency = target.MaxConcurrency,
            CallsTools = target.Tools,
        };

    private TargetHealth HealthOf(string target) => _health.GetOrAdd(target, static (_, time) => new TargetHealth(time), _time);

    private sealed record Tables(RouteTable ForKeys, RouteTable ForBedrockTokens, FrozenDictionary<string, ModelRoute> Configured);

    private sealed record RouteTable(FrozenDictionary<string, ModelRoute> ByAlias, FrozenDictionary<string, ModelRoute> ByVariant);
}
