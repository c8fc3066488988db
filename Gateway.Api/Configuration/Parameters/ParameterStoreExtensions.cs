using System.ComponentModel.DataAnnotations;
using Gateway.Api.Secrets;
using Microsoft.Extensions.Options;
using ServiceDefaults.Aws;

namespace Gateway.Api.Configuration.Parameters;

internal static class ParameterStoreExtensions
{
    /// <summary>Reads settings from Parameter Store where a path is configured.</summary>
    /// <exception cref="OptionsValidationException">The path or the interval cannot be.</exception>
    public static void AddParameterStore(this WebApplicationBuilder builder)
    {
        var options = Read(builder.Configuration);
        if (!string.IsNullOrEmpty(options.ParameterStore))
        {
            builder.Services.AddHostedService(services => CreateFeed(services, options));
        }
    }

    private static ParameterStoreFeed CreateFeed(IServiceProvider services, ParameterStoreOptions options)
    {
        var (configuration, time) = (services.GetRequiredService<IConfiguration>(), services.GetRequiredService<TimeProvider>());
        var credentials = new AwsCredentialSource(new AwsCredentialChain(configuration).FindAsync, time, services.GetRequiredService<ILogger<AwsCredentialSource>>());
        credentials.Start();
        var store = new ParameterStoreClient(credentials, AwsRegion.Resolve(region: null, configuration), services.GetRequiredService<SecretsOptions>().ServiceUrl, time);
        return new ParameterStoreFeed(store, credentials, options, services.GetRequiredService<LiveConfiguration>(), time, services.GetRequiredService<ILogger<ParameterStoreFeed>>());
    }

    private static ParameterStoreOptions Read(ConfigurationManager configuration)
    {
        ParameterStoreOptions options;
        try
        {
            options = configuration.GetSection(ParameterStoreOptions.Section).Get<ParameterStoreOptions>() ?? new ParameterStoreOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new OptionsValidationException(ParameterStoreOptions.Section, typeof(ParameterStoreOptions), [unreadable.Message]);
        }

        var results = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException(ParameterStoreOptions.Section, typeof(ParameterStoreOptions), results.Select(result => $"{ParameterStoreOptions.Section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }
}
