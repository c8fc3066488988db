using Gateway.Api.Prices;
using Gateway.Api.Providers.ChatClients;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Configuration;

/// <summary>
/// The configuration in force. A change is bound and checked as a whole and then swapped in one step; one that does not hold
/// is refused with all its faults, and the running one stays.
/// </summary>
internal sealed partial class LiveConfiguration : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<LiveConfiguration> _logger;
    private readonly string[] _chatClients;
    private readonly IDisposable _subscription;
    private volatile GatewayOptions _current;

    public LiveConfiguration(IConfiguration configuration, ILogger<LiveConfiguration> logger, IEnumerable<ChatClientRegistration>? chatClients = null)
    {
        _configuration = configuration;
        _logger = logger;
        _chatClients = [.. (chatClients ?? []).Select(client => client.Name)];
        _current = Read(configuration);
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Raised after a new configuration came into force.</summary>
    public event Action<GatewayOptions>? Changed;

    public GatewayOptions Current => _current;

    /// <summary>The secret that a reference leads to, or null.</summary>
    public string? Secret(string? reference) => SecretReference.Resolve(reference, _configuration);

    public void Dispose() => _subscription.Dispose();

    /// <exception cref="OptionsValidationException">With every fault, each naming its key.</exception>
    private GatewayOptions Read(IConfiguration configuration)
    {
        if (FaultsOfFile(configuration) is { Count: > 0 } unreadable)
        {
            throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions), unreadable);
        }

        var section = configuration.GetSection(GatewayOptions.Section);
        var faults = new List<string>();
        var prices = PriceReader.Read(section.GetSection(nameof(GatewayOptions.Prices)), faults);
        var bound = Bind(section);
        var options = bound with { Prices = prices, Providers = WithChatClients(bound.Providers) };
        faults.InsertRange(0, GatewayOptionsValidator.Validate(options, _chatClients));
        AccessOptionsValidator.Validate(options.Access, configuration, faults);
        return faults.Count == 0 ? options : throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions), faults);
    }

    private static IReadOnlyList<string> FaultsOfFile(IConfiguration configuration) =>
        configuration is IConfigurationRoot root ? [.. root.Providers.OfType<GatewayFileProvider>().SelectMany(file => file.Faults)] : [];

    private Dictionary<string, ProviderOptions> WithChatClients(IReadOnlyDictionary<string, ProviderOptions> configured)
    {
        var providers = configured.ToDictionary();
        foreach (var name in _chatClients)
        {
            providers.TryAdd(name, new ProviderOptions { Type = ProviderTypes.ChatClient });
        }

        return providers;
    }

    private static GatewayOptions Bind(IConfigurationSection section)
    {
        try
        {
            return section.Get<GatewayOptions>() ?? new GatewayOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions), [unreadable.Message]);
        }
    }

    private void Reload()
    {
        try
        {
            _current = Read(_configuration);
        }
        catch (OptionsValidationException invalid)
        {
            LogRefused(invalid.Message);
            return;
        }

        Changed?.Invoke(_current);
        LogChanged();
    }

    [LoggerMessage(LogLevel.Information, "A new configuration is in force.")]
    private partial void LogChanged();

    [LoggerMessage(LogLevel.Error, "The changed configuration is refused and the running one stays: {Faults}")]
    private partial void LogRefused(string faults);
}
