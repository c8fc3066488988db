using Gateway.Api.Configuration;

namespace Gateway.Api.Providers;

/// <summary>Holds a client, and with it a connection pool, per provider for as long as its settings stay the same.</summary>
internal sealed class ProviderRegistry(ProviderFactory factory) : IDisposable
{
    private readonly Dictionary<string, (object Settings, IProvider Provider)> _providers = [];

    private volatile IReadOnlyDictionary<string, IProvider> _current = new Dictionary<string, IProvider>();

    /// <summary>Raised when a provider has become usable, or is no longer.</summary>
    public event Action? Changed;

    /// <summary>
    /// The providers under these options by name. One whose settings did not change keeps its connections.
    /// </summary>
    public IReadOnlyDictionary<string, IProvider> Renew(GatewayOptions options)
    {
        lock (_providers)
        {
            var before = new Dictionary<string, (object Settings, IProvider Provider)>(_providers);
            _providers.Clear();
            foreach (var (name, provider) in options.Providers)
            {
                var settings = factory.SettingsOf(name, provider, options);
                var kept = before.Remove(name, out var old) && old.Settings.Equals(settings);
                _providers[name] = kept ? old : (settings, factory.Create(name, settings, () => Changed?.Invoke()));
                if (!kept)
                {
                    old.Provider?.Dispose();
                }
            }

            foreach (var (_, gone) in before.Values)
            {
                gone.Dispose();
            }

            return _current = _providers.ToDictionary(entry => entry.Key, entry => entry.Value.Provider);
        }
    }

    /// <summary>The provider of that name; null where there is none.</summary>
    public IProvider? Find(string name) => _current.GetValueOrDefault(name);

    public void Dispose()
    {
        lock (_providers)
        {
            foreach (var (_, provider) in _providers.Values)
            {
                provider.Dispose();
            }
        }
    }
}
