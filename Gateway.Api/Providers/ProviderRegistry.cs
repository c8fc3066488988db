using Gateway.Api.Configuration;
using Gateway.Api.Secrets;

namespace Gateway.Api.Providers;

/// <summary>Holds a client, and with it a connection pool, per provider for as long as its settings stay the same.</summary>
internal sealed class ProviderRegistry : IDisposable
{
    private readonly ProviderFactory _factory;
    private readonly SecretStore _secrets;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, (object Settings, IProvider Provider)> _providers = [];

    private TimeSpan _longestRequest;
    private volatile IReadOnlyDictionary<string, IProvider> _current = new Dictionary<string, IProvider>();

    public ProviderRegistry(ProviderFactory factory, SecretStore secrets, TimeProvider time)
    {
        (_factory, _secrets, _time) = (factory, secrets, time);
        secrets.Changed += OnChanged;
    }

    /// <summary>Raised when a provider has become usable, or is no longer.</summary>
    public event Action? Changed;

    /// <summary>
    /// The providers under these options by name. One whose settings did not change keeps its connections.
    /// One that serves goes on as it is until the secret of the one in its place was read.
    /// </summary>
    public IReadOnlyDictionary<string, IProvider> Renew(GatewayOptions options)
    {
        lock (_providers)
        {
            var before = new Dictionary<string, (object Settings, IProvider Provider)>(_providers);
            _providers.Clear();
            var longestRequest = LongestRequest(options);
            var inUse = longestRequest > _longestRequest ? longestRequest : _longestRequest;
            _longestRequest = longestRequest;
            foreach (var (name, provider) in options.Providers)
            {
                var settings = _factory.SettingsOf(name, provider, options);
                var kept = before.Remove(name, out var old) && (old.Settings.Equals(settings) || (ProviderFactory.IsPending(settings) && old.Provider.Problem is null));
                _providers[name] = kept ? old : (settings, _factory.Create(name, settings, OnChanged));
                if (!kept && old.Provider is not null)
                {
                    _ = RetireAsync(old.Provider, inUse);
                }
            }

            foreach (var (_, gone) in before.Values)
            {
                _ = RetireAsync(gone, inUse);
            }

            return _current = _providers.ToDictionary(entry => entry.Key, entry => entry.Value.Provider);
        }
    }

    /// <summary>The provider of that name; null where there is none.</summary>
    public IProvider? Find(string name) => _current.GetValueOrDefault(name);

    public void Dispose()
    {
        _secrets.Changed -= OnChanged;
        _end.Cancel();
        _end.Dispose();
        lock (_providers)
        {
            foreach (var (_, provider) in _providers.Values)
            {
                provider.Dispose();
            }
        }
    }

    private static TimeSpan LongestRequest(GatewayOptions options) =>
        TimeSpan.FromSeconds(options.Models.Values.Select(model => model.RequestTimeoutSeconds ?? 0).Append(options.Limits.RequestTimeoutSeconds).Max());

    // Requests that were routed before the change may still call it, and try again.
    private async Task RetireAsync(IProvider provider, TimeSpan inUse)
    {
        try
        {
            await Task.Delay(inUse, _time, _end.Token);
        }
        catch (OperationCanceledException)
        {
            // The gateway ends.
        }

        provider.Dispose();
    }

    private void OnChanged() => Changed?.Invoke();
}
