using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gateway.Api.Configuration;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Routing.Policies;

namespace Gateway.Api.Routing;

/// <summary>Knows which targets serve an alias. The table is made anew at every change of configuration and read without a lock.</summary>
internal sealed class Router
{
    private readonly ProviderRegistry _providers;
    private readonly PolicyFactory _policies;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, TargetHealth> _health = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<string, ModelRoute> _routes;

    public Router(LiveConfiguration configuration, ProviderRegistry providers, PolicyFactory policies, TimeProvider time)
    {
        (_providers, _policies, _time) = (providers, policies, time);
        _routes = Build(configuration.Current);
        configuration.Changed += options => _routes = Build(options);
    }

    /// <summary>The aliases that have a usable target, by name.</summary>
    public IReadOnlyList<ModelRoute> Routes => [.. _routes.Values.OrderBy(route => route.Alias, StringComparer.Ordinal)];

    public ModelRoute? Find(string alias) => _routes.GetValueOrDefault(alias);

    private FrozenDictionary<string, ModelRoute> Build(GatewayOptions options)
    {
        var providers = _providers.Renew(options);
        return options.Models
            .Select(model => new ModelRoute(model.Key, [.. UsableTargets(model.Value, providers)], _policies.Of(model.Value), RouteLimits.Of(options.Limits, model.Value))
            {
                PolicyName = model.Value.Policy,
                SafeStream = model.Value.SafeStream,
            })
            .Where(route => route.Targets.Count > 0)
            .ToFrozenDictionary(route => route.Alias, StringComparer.Ordinal);
    }

    private IEnumerable<Target> UsableTargets(ModelOptions model, IReadOnlyDictionary<string, OpenAIProvider> providers) =>
        from target in model.Targets
        let provider = providers.GetValueOrDefault(target.Provider)
        where provider is not null
        select new Target(provider, target.Model, HealthOf(Target.NameOf(provider.Name, target.Model)))
        {
            Weight = target.Weight,
            ContextWindow = target.ContextWindow,
        };

    private TargetHealth HealthOf(string target) => _health.GetOrAdd(target, static (_, time) => new TargetHealth(time), _time);
}
