using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Gateway.Api.Flags;

/// <summary>
/// Which optional stages are on, for whom. A flag that is plainly on or off is one look into a table; only one with an audience or a time
/// window goes through feature management. The table is made anew at every change of the configuration and of what administrators switch.
/// </summary>
internal sealed class FeatureFlags : IFeatureDefinitionProvider, IDisposable
{
    private readonly LiveConfiguration _configuration;
    private readonly IFlagStore _store;
    private readonly FeatureManager _manager;
    private readonly SemaphoreSlim _loading = new(1);
    private readonly Lock _changes = new();
    private IReadOnlyList<FlagSwitch> _switches = [];
    private volatile FrozenDictionary<Flag, FlagState> _states;

    public FeatureFlags(LiveConfiguration configuration, IFlagStore store, TimeProvider time)
    {
        (_configuration, _store) = (configuration, store);
        _manager = new FeatureManager(this) { FeatureFilters = [new TimeWindowFilter { SystemClock = time }, new ContextualTargetingFilter()] };
        configuration.Changed += _ => Rebuild();
        Rebuild();
    }

    /// <summary>Whether the stage is on for a caller. Done at once.</summary>
    public ValueTask<bool> IsOnAsync(Flag flag, ApiKey caller) =>
        _states[flag].Always is { } always ? new ValueTask<bool>(always) : EvaluateAsync(flag, caller);

    public FlagState StateOf(Flag flag) => _states[flag];

    /// <summary>Switches a flag for all replicas; null leaves it to the configuration again.</summary>
    /// <exception cref="FlagsUnavailableException">It could not be kept, and was not done.</exception>
    public async Task SwitchAsync(Flag flag, FlagSwitch? change, CancellationToken cancellationToken)
    {
        await _store.SaveAsync(flag.Name, change, cancellationToken);

        // It is kept, and so it holds, whether who asked is still there or not.
        await LoadAsync(CancellationToken.None);
    }

    /// <summary>Takes over what is kept. One at a time, so that what was read last is what stays.</summary>
    /// <exception cref="FlagsUnavailableException">It cannot be read; what was read before stays.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            _switches = await _store.ReadAllAsync(cancellationToken);
            Rebuild();
        }
        finally
        {
            _loading.Release();
        }
    }

    public Task<FeatureDefinition> GetFeatureDefinitionAsync(string featureName) => Task.FromResult(StateOf(GatewayFlags.Find(featureName)!).Definition);

    public IAsyncEnumerable<FeatureDefinition> GetAllFeatureDefinitionsAsync() => GatewayFlags.All.Select(flag => StateOf(flag).Definition).ToAsyncEnumerable();

    public void Dispose() => _loading.Dispose();

    private ValueTask<bool> EvaluateAsync(Flag flag, ApiKey caller) =>
        _manager.IsEnabledAsync(flag.Name, new TargetingContext { UserId = caller.User ?? caller.Id, Groups = [caller.Tenant] }, CancellationToken.None);

    [MemberNotNull(nameof(_states))]
    private void Rebuild()
    {
        lock (_changes)
        {
            var configured = new Dictionary<string, FlagOptions>(_configuration.Current.Flags, StringComparer.OrdinalIgnoreCase);
            _states = GatewayFlags.All.ToFrozenDictionary(flag => flag, flag => StateOf(flag, configured));
        }
    }

    private FlagState StateOf(Flag flag, Dictionary<string, FlagOptions> configured) =>
        _switches.FirstOrDefault(change => change.Name == flag.Name) is { } change ? new FlagState(flag, change.Options, FlagSource.Admin, change)
        : configured.TryGetValue(flag.Name, out var options) ? new FlagState(flag, options, FlagSource.Configuration)
        : new FlagState(flag, new FlagOptions { Enabled = flag.IsOnByDefault }, FlagSource.Default);
}
