using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Api.Caching;
using Gateway.Api.Configuration;
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
    public IReadOnlyList<ModelRoute> Routes(bool forBedrockToken = false) => [.. TableOf(forBedrockToken).Values.OrderBy(route => route.Alias, StringComparer.Ordinal)];

    /// <summary>Every alias with every target that the configuration gives it, usable or not, by name.</summary>
    public IReadOnlyList<ModelRoute> ConfiguredRoutes() => [.. _tables.Configured.Values.OrderBy(route => route.Alias, StringComparer.Ordinal)];

    /// <param name="forBedrockToken">Whether the caller brings a Bedrock token: it buys Bedrock's targets, and those alone.</param>
    public ModelRoute? Find(string alias, bool forBedrockToken = false) => TableOf(forBedrockToken).GetValueOrDefault(alias);

    private FrozenDictionary<string, ModelRoute> TableOf(bool forBedrockToken) => forBedrockToken ? _tables.ForBedrockTokens : _tables.ForKeys;

    // One at a time: of two changes the later one is what stays.
    [MemberNotNull(nameof(_tables))]
    private void Rebuild()
    {
        lock (_changes)
        {
            var options = _configuration.Current;
            var providers = _providers.Renew(options);
            _tables = new Tables(
                Build(options, providers, provider => provider.Problem is null),
                Build(options, providers, provider => provider.TakesBedrockTokens),
                Build(options, providers, _ => true));
        }
    }

    private FrozenDictionary<string, ModelRoute> Build(GatewayOptions options, IReadOnlyDictionary<string, IProvider> providers, Predicate<IProvider> serves) =>
        options.Models
            .Select(model => new ModelRoute(model.Key, [.. UsableTargets(model.Value, providers, serves)], _policies.Of(model.Value), RouteLimits.Of(options.Limits, model.Value))
            {
                PolicyName = model.Value.Policy,
                SafeStream = model.Value.SafeStream,
                Cache = CacheRules.Of(options.Cache, model.Value.Cache),
            })
            .Where(route => route.Targets.Count > 0)
            .ToFrozenDictionary(route => route.Alias, StringComparer.Ordinal);

    private IEnumerable<Target> UsableTargets(ModelOptions model, IReadOnlyDictionary<string, IProvider> providers, Predicate<IProvider> serves) =>
        from target in model.Targets
        let provider = providers.GetValueOrDefault(target.Provider)
        where provider is not null && serves(provider)
        select new Target(provider, target.Model, HealthOf(Target.NameOf(provider.Name, target.Model)))
        {
            Weight = target.Weight,
            ContextWindow = target.ContextWindow,
            MaxConcurrency = target.MaxConcurrency,
        };

    private TargetHealth HealthOf(string target) => _health.GetOrAdd(target, static (_, time) => new TargetHealth(time), _time);

    private sealed record Tables(FrozenDictionary<string, ModelRoute> ForKeys, FrozenDictionary<string, ModelRoute> ForBedrockTokens, FrozenDictionary<string, ModelRoute> Configured);
}
