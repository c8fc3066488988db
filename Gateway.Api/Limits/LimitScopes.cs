using System.Runtime.CompilerServices;
using Gateway.Api.Access;
using Gateway.Api.Configuration;

namespace Gateway.Api.Limits;

/// <summary>Which limits a request is under. Worked out once for each key, and anew when the configuration changes.</summary>
internal sealed class LimitScopes(LiveConfiguration configuration)
{
    private readonly ConditionalWeakTable<ApiKey, TenantScopes> _ofKeys = [];
    private volatile ModelScopes _ofModels = ModelScopes.None;

    /// <summary>What key, user and tenant are under together; null where that is nothing.</summary>
    public ScopeGroup? OfCaller(ApiKey key)
    {
        var options = configuration.Current;
        if (!_ofKeys.TryGetValue(key, out var scopes) || scopes.Options != options)
        {
            scopes = new TenantScopes(options, GroupOf(key, options));
            _ofKeys.AddOrUpdate(key, scopes);
        }

        return scopes.Group;
    }

    /// <summary>What an alias is under; null where that is nothing.</summary>
    public ScopeGroup? OfModel(string alias)
    {
        var options = configuration.Current;
        var scopes = _ofModels;
        if (scopes.Options != options)
        {
            _ofModels = scopes = ModelScopes.Of(options);
        }

        return scopes.Groups.GetValueOrDefault(alias);
    }

    /// <summary>What a tenant alone is under; null where that is nothing.</summary>
    public ScopeGroup? OfTenant(string tenant) =>
        configuration.Current.Tenants.TryGetValue(tenant, out var options) && ScopeOf(tenant, options) is { IsLimited: true } scope ? new ScopeGroup(ScopeGroup.TenantPlace(tenant), [scope]) : null;

    private static Scope ScopeOf(string tenant, TenantOptions options) => new Scope("t", $"tenant '{tenant}'").With(options);

    private static ScopeGroup? GroupOf(ApiKey key, GatewayOptions options)
    {
        var tier = key.Tier is null ? null : options.Tiers.GetValueOrDefault(key.Tier);
        var ofTier = tier is null ? "" : $" (tier '{key.Tier}')";
        var ofKey = new Scope($"k:{key.Id}", $"key '{key.Name}'{(key.User is null ? ofTier : "")}");
        var scopes = new List<Scope>();
        if (tier is not null && key.User is not null)
        {
            scopes.Add(new Scope($"u:{key.User}", $"user '{key.User}'{ofTier}").With(tier).Without(key.Limits, key.Budget));
        }
        else if (tier is not null)
        {
            ofKey = ofKey.With(tier);
        }

        scopes.Add(ofKey.With(key.Limits, key.Budget));
        if (options.Tenants.TryGetValue(key.Tenant, out var tenant))
        {
            scopes.Add(ScopeOf(key.Tenant, tenant));
        }

        scopes.RemoveAll(scope => !scope.IsLimited);
        return scopes.Count == 0 ? null : new ScopeGroup(ScopeGroup.TenantPlace(key.Tenant), [.. scopes]);
    }

    private sealed record TenantScopes(GatewayOptions Options, ScopeGroup? Group);

    private sealed record ModelScopes(GatewayOptions? Options, IReadOnlyDictionary<string, ScopeGroup> Groups)
    {
        public static ModelScopes None { get; } = new(null, new Dictionary<string, ScopeGroup>());

        public static ModelScopes Of(GatewayOptions options) => new(
            options,
            options.Models
                .Where(model => model.Value.Limits is not null)
                .Select(model => (Alias: model.Key, Scope: new Scope("m", $"model '{model.Key}'").With(model.Value.Limits!)))
                .Where(model => model.Scope.IsLimited)
                .ToDictionary(model => model.Alias, model => new ScopeGroup(ScopeGroup.ModelPlace(model.Alias), [model.Scope]), StringComparer.Ordinal));
    }
}
