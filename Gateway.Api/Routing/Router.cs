using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Api.Configuration;
using Gateway.Api.Providers;

namespace Gateway.Api.Routing;

/// <summary>
/// Knows which targets serve an alias, and which of them serve callers who bring a Bedrock token. The tables are made anew at every
/// change of configuration, and when a provider gets or loses its credentials, and read without a lock.
/// </summary>
internal sealed class Router
{
    private readonly LiveConfiguration _configuration;
    private readonly ProviderRegistry _providers;
    private readonly Lock _changes = new();
    private volatile Tables _tables;

    public Router(LiveConfiguration configuration, ProviderRegistry providers)
    {
        _configuration = configuration;
        _providers = providers;
        configuration.Changed += _ => Rebuild();
        providers.Changed += Rebuild;
        Rebuild();
    }

    /// <summary>The aliases that have a usable target, by name.</summary>
    public IReadOnlyList<ModelRoute> Routes(bool forBedrockToken = false) => [.. TableOf(forBedrockToken).Values.OrderBy(route => route.Alias, StringComparer.Ordinal)];

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
            _tables = new Tables(Build(options, providers, provider => provider.IsUsable), Build(options, providers, provider => provider.TakesBedrockTokens));
        }
    }

    private static FrozenDictionary<string, ModelRoute> Build(GatewayOptions options, IReadOnlyDictionary<string, IProvider> providers, Predicate<IProvider> serves) =>
        options.Models
            .Select(model => new ModelRoute(model.Key, [.. UsableTargets(model.Value, providers, serves)]))
            .Where(route => route.Targets.Count > 0)
            .ToFrozenDictionary(route => route.Alias, StringComparer.Ordinal);

    private static IEnumerable<Target> UsableTargets(ModelOptions model, IReadOnlyDictionary<string, IProvider> providers, Predicate<IProvider> serves) =>
        from target in model.Targets
        let provider = providers.GetValueOrDefault(target.Provider)
        where provider is not null && serves(provider)
        select new Target(provider, target.Model);

    private sealed record Tables(FrozenDictionary<string, ModelRoute> ForKeys, FrozenDictionary<string, ModelRoute> ForBedrockTokens);
}
