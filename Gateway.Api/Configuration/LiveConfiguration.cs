using Gateway.Api.Configuration.Changes;
using Gateway.Api.Configuration.Documents;
using Gateway.Api.Providers.ChatClients;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Gateway.Api.Configuration;

/// <summary>
/// The configuration in force. A change is bound and checked as a whole and then swapped in one step; one that does not hold
/// is refused with all its faults, and the running one stays.
/// </summary>
internal sealed partial class LiveConfiguration : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ConfigurationReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveConfiguration> _logger;
    private readonly IDisposable _subscription;
    private readonly Lock _changes = new();

    // What each source said last, and what of it is in force: a source may say what does not hold until another one is mended.
    private ConfigurationSources _newest;
    private volatile ConfigurationSources _accepted;
    private volatile IReadOnlyList<RefusedChange> _refused = [];
    private volatile GatewayOptions _current;

    public LiveConfiguration(IConfiguration configuration, ILogger<LiveConfiguration> logger, IEnumerable<ChatClientRegistration>? chatClients = null, TimeProvider? time = null)
    {
        _configuration = configuration;
        _reader = new ConfigurationReader(configuration, [.. (chatClients ?? []).Select(client => client.Name)]);
        _time = time ?? TimeProvider.System;
        _logger = logger;
        _newest = _accepted = new ConfigurationSources(FileNow(GatewayDocument.Empty), GatewayDocument.Empty, Version: null);
        _current = _reader.Read(_accepted);
        foreach (var unknown in _reader.UnknownKeys())
        {
            LogUnknown(unknown);
        }

        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Raised after a new configuration came into force.</summary>
    public event Action<GatewayOptions>? Changed;

    /// <summary>Raised after a change was refused.</summary>
    public event Action<RefusedChange>? Refused;

    public GatewayOptions Current => _current;

    /// <summary>What was put at <c>/admin/config</c> and is in force; null where nothing is.</summary>
    public ConfigurationVersion? Version => _accepted.Version;

    /// <summary>The last change of each source, where it was refused.</summary>
    public IReadOnlyList<RefusedChange> RefusedChanges => _refused;

    public void Dispose() => _subscription.Dispose();

    /// <summary>What the configuration would be with this version in place of the one in force.</summary>
    /// <exception cref="OptionsValidationException">It does not hold.</exception>
    public GatewayOptions Try(ConfigurationVersion version)
    {
        lock (_changes)
        {
            return Read(sources => sources with { Version = version }).Options;
        }
    }

    /// <summary>Takes over what was put, here or at another replica; what is no news is passed over. False where it does not hold.</summary>
    public bool Take(ConfigurationVersion version)
    {
        lock (_changes)
        {
            return !version.IsAfter(_newest.Version) || Take(RefusedChange.AdminApi, sources => sources with { Version = version });
        }
    }

    /// <summary>Takes over an older version while the newest does not hold. False where it does not hold either.</summary>
    public bool TryFallBackTo(ConfigurationVersion version)
    {
        lock (_changes)
        {
            try
            {
                var fallback = _accepted with { Version = version };
                (_accepted, _current) = (fallback, _reader.Read(fallback));
            }
            catch (OptionsValidationException)
            {
                return false;
            }

            Changed?.Invoke(_current);
            return true;
        }
    }

    /// <summary>Takes over what Parameter Store says.</summary>
    public void Take(GatewayDocument parameters) => Take(RefusedChange.ParameterStore, sources => sources with { Parameters = parameters });

    /// <summary>Keeps what was refused, so that it can be looked at.</summary>
    public void Refuse(string source, IReadOnlyList<string> faults)
    {
        lock (_changes)
        {
            var refused = new RefusedChange(source, _time.GetUtcNow(), faults);
            _refused = [.. _refused.Where(other => other.Source != source), refused];
            LogRefused(source, string.Join("; ", faults));
            Refused?.Invoke(refused);
        }
    }

    private void Reload() => Take(RefusedChange.File, sources => sources with { File = FileNow(sources.File) });

    private bool Take(string source, Func<ConfigurationSources, ConfigurationSources> change)
    {
        lock (_changes)
        {
            try
            {
                (_accepted, _current) = Read(change);
            }
            catch (OptionsValidationException invalid)
            {
                _newest = change(_newest);
                // A file that was written is often told of twice.
                if (!_refused.Any(refused => refused.Source == source && refused.Faults.SequenceEqual(invalid.Failures)))
                {
                    Refuse(source, [.. invalid.Failures]);
                }

                return false;
            }

            _newest = change(_newest);
            _refused = _accepted == _newest ? [] : [.. _refused.Where(other => other.Source != source)];
            Changed?.Invoke(_current);
            LogChanged(source);
            return true;
        }
    }

    // With the newest of the other sources where that holds, and else with what of them is in force.
    private (ConfigurationSources Sources, GatewayOptions Options) Read(Func<ConfigurationSources, ConfigurationSources> change)
    {
        var wanted = change(_newest);
        try
        {
            return (wanted, _reader.Read(wanted));
        }
        catch (OptionsValidationException) when (_newest != _accepted)
        {
            wanted = change(_accepted);
            return (wanted, _reader.Read(wanted));
        }
    }

    private GatewayDocument FileNow(GatewayDocument otherwise) =>
        _configuration is IConfigurationRoot root && root.Providers.OfType<GatewayFileProvider>().FirstOrDefault() is { } file ? file.Document : otherwise;

    [LoggerMessage(LogLevel.Information, "A new configuration is in force, by {Source}.")]
    private partial void LogChanged(string source);

    [LoggerMessage(LogLevel.Error, "The configuration changed by {Source} is refused and the running one stays: {Faults}")]
    private partial void LogRefused(string source, string faults);

    [LoggerMessage(LogLevel.Warning, "A setting of the environment or the arguments has no effect: {Fault}")]
    private partial void LogUnknown(string fault);
}
