using System.Text.Json.Nodes;
using Gateway.Api.Configuration.Description;
using Gateway.Api.Configuration.Documents;
using Gateway.Api.Prices;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Configuration;

/// <summary>Makes options of what the sources say, or names everything that is wrong with it.</summary>
internal sealed class ConfigurationReader(IConfiguration configuration, IReadOnlyCollection<string> chatClients)
{
    /// <exception cref="OptionsValidationException">With every fault, each naming its key.</exception>
    public GatewayOptions Read(ConfigurationSources sources)
    {
        var faults = sources.Documents.SelectMany(document => document.Faults).ToList();
        if (sources.Documents.Any(document => document.IsUnreadable))
        {
            throw Invalid(faults);
        }

        var settings = Compose(sources);
        DropUnreadable(settings, faults);
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(GatewayOptions.Section);
        var prices = PriceReader.Read(section.GetSection(nameof(GatewayOptions.Prices)), faults);
        var bound = Bind(section, faults);
        var options = bound with { Prices = prices, Providers = WithChatClients(bound.Providers) };
        var told = faults.Select(FaultKey.OfValue).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        faults.AddRange(GatewayOptionsValidator.Validate(options, chatClients).Where(fault => FaultKey.Of(fault) is not { } key || !told.Contains(key)));
        AccessOptionsValidator.Validate(options.Access, configuration, faults);
        return faults.Count == 0 ? options : throw Invalid(faults);
    }

    /// <summary>Keys outside gateway.json and what was put, such as the environment's, that no option has.</summary>
    public IEnumerable<string> UnknownKeys()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        AddOverrides(settings);
        return settings.Keys.Select(OptionPath.FaultOf).OfType<string>().Distinct();
    }

    private Dictionary<string, string?> Compose(ConfigurationSources sources)
    {
        var merged = new JsonObject(sources.File.Section.Options);
        foreach (var document in sources.Documents)
        {
            MergePatch.Apply(merged, document.Section);
        }

        var settings = Settings.Of(merged, GatewayOptions.Section);
        AddOverrides(settings);
        return settings;
    }

    // gateway.json lies below every other source, and what is merged over it does too.
    private void AddOverrides(Dictionary<string, string?> settings)
    {
        foreach (var provider in ((configuration as IConfigurationRoot)?.Providers ?? []).Where(provider => provider is not GatewayFileProvider))
        {
            Settings.Collect(provider, GatewayOptions.Section, settings);
        }
    }

    // The binder would name the first of them and give up.
    private static void DropUnreadable(Dictionary<string, string?> settings, List<string> faults)
    {
        foreach (var (key, value) in settings.ToList())
        {
            if (!string.IsNullOrEmpty(value) && OptionPath.Find(key) is { Kind: not OptionKind.Any } option && !(option.Kind == OptionKind.Value && OptionTypes.CanRead(option, value)))
            {
                faults.Add($"{key} is '{value}'; it must be {OptionTypes.Describe(option)}.");
                settings.Remove(key);
            }
        }
    }

    private Dictionary<string, ProviderOptions> WithChatClients(IReadOnlyDictionary<string, ProviderOptions> configured)
    {
        var providers = configured.ToDictionary();
        foreach (var name in chatClients)
        {
            providers.TryAdd(name, new ProviderOptions { Type = ProviderTypes.ChatClient });
        }

        return providers;
    }

    private static GatewayOptions Bind(IConfigurationSection section, List<string> faults)
    {
        try
        {
            return section.Get<GatewayOptions>() ?? new GatewayOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            throw Invalid([.. faults, unreadable.Message]);
        }
    }

    private static OptionsValidationException Invalid(IEnumerable<string> faults) => new(GatewayOptions.Section, typeof(GatewayOptions), faults);
}
