using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds values from outside: parameters and connection strings.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter from configuration: <c>Parameters:{name}</c>, or the same with the name's dashes as underscores.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
        => builder.AddResource(new ParameterResource(name, @default => ConfiguredValue(builder.Configuration, name, @default), secret));

    /// <summary>Adds a parameter with this value; configuration does not change it.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false)
        => builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter whose value is asked for once, when first needed.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
        => publishValueAsDefault && secret
            ? throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret))
            : builder.AddResource(new ParameterResource(name, _ => valueGetter(), secret));

    /// <summary>Adds a parameter from configuration, with a default where it has none.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The default.</param>
    /// <param name="secret">Whether the value is never to be shown.</param>
    /// <param name="persist">Whether a default, once made, is kept in the AppHost's user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
        => builder.AddResource(
            new ParameterResource(name, @default => ConfiguredValue(builder.Configuration, name, @default), secret)
            {
                Default = persist ? new UserSecretsParameterDefault(builder.AppHostAssembly, name, value) : value,
            });

    /// <summary>Adds the connection string <c>ConnectionStrings:{name}</c> of the AppHost's configuration.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
        => builder.AddResource(new ConnectionStringParameter(
            name,
            _ => builder.Configuration.GetConnectionString(name)
                ?? throw new MissingParameterValueException($"The connection string '{name}' is missing: set the configuration key 'ConnectionStrings:{name}'."),
            environmentVariableName));

    /// <summary>Makes a secret parameter of a random value that is kept; it is not yet part of the application.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        var generated = new GenerateParameterDefault
        {
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        return new ParameterResource(name, @default => ConfiguredValue(builder.Configuration, name, @default), secret: true)
        {
            Default = new UserSecretsParameterDefault(builder.AppHostAssembly, name, generated),
        };
    }

    private static string ConfiguredValue(ConfigurationManager configuration, string name, ParameterDefault? @default)
    {
        // A shell cannot export a name with a dash: PARAMETERS__admin_key stands for admin-key.
        var key = $"Parameters:{name}";
        return configuration[key]
            ?? configuration[key.Replace('-', '_')]
            ?? @default?.GetDefaultValue()
            ?? throw new MissingParameterValueException($"The parameter '{name}' has no value: set the configuration key '{key}'.");
    }
}
