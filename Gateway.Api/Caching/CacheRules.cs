using Gateway.Api.Configuration;

namespace Gateway.Api.Caching;

/// <summary>What holds for an alias: its own word where it has one, else the gateway's.</summary>
/// <param name="IsOn">Whether its answers are kept.</param>
/// <param name="Lifetime">How long.</param>
/// <param name="StoresToolCalls">Whether those are that call tools.</param>
internal sealed record CacheRules(bool IsOn, TimeSpan Lifetime, bool StoresToolCalls)
{
    public static readonly CacheRules Off = new(IsOn: false, TimeSpan.Zero, StoresToolCalls: false);

    public static CacheRules Of(CacheOptions cache, ModelCacheOptions? model) => new(
        model?.Enabled ?? cache.Enabled,
        TimeSpan.FromSeconds(model?.TtlSeconds ?? cache.TtlSeconds),
        model?.StoreToolCalls ?? cache.StoreToolCalls);
}
