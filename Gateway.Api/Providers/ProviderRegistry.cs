using Gateway.Api.Configuration;
using Gateway.Api.Providers.OpenAI;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Providers;

/// <summary>Holds a client, and with it a connection pool, per provider for as long as its settings stay the same.</summary>
internal sealed partial class ProviderRegistry(LiveConfiguration configuration, IConfiguration settings, ILogger<ProviderRegistry> logger) : IDisposable
{
    private readonly bool _exportsTraces = settings.ExportsTelemetry();
    private readonly Dictionary<string, (ProviderSettings Settings, OpenAIProvider Provider)> _providers = [];

    /// <summary>
    /// The usable providers under these options by name. One whose settings did not change keeps its connections; one whose
    /// credential is missing is left out, with a line that says so.
    /// </summary>
    public IReadOnlyDictionary<string, OpenAIProvider> Renew(GatewayOptions options)
    {
        lock (_providers)
        {
            var before = new Dictionary<string, (ProviderSettings Settings, OpenAIProvider Provider)>(_providers);
            _providers.Clear();
            foreach (var (name, provider) in options.Providers)
            {
                var credential = configuration.Secret(provider.ApiKey);
                if (credential is null && !string.IsNullOrEmpty(provider.ApiKey))
                {
                    LogUnavailable(name, provider.ApiKey);
                    continue;
                }

                var settings = new ProviderSettings(new Uri(provider.BaseUrl), credential, TimeSpan.FromSeconds(options.Limits.ConnectTimeoutSeconds), provider.StreamOptions, _exportsTraces);
                var kept = before.Remove(name, out var old) && old.Settings == settings;
                _providers[name] = kept ? old : (settings, new OpenAIProvider(name, settings));
                if (!kept)
                {
                    old.Provider?.Dispose();
                }
            }

            foreach (var (_, gone) in before.Values)
            {
                gone.Dispose();
            }

            return _providers.ToDictionary(entry => entry.Key, entry => entry.Value.Provider);
        }
    }

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

    [LoggerMessage(LogLevel.Information, "Provider {Provider} is not used: {Reference} leads to no credential.")]
    private partial void LogUnavailable(string provider, string reference);
}
