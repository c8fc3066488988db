using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Secrets;

internal static class SecretsExtensions
{
    public static void AddSecrets(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider => Read(provider.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<SecretReader>();
        builder.Services.AddSingleton<SecretStore>();
        builder.Services.AddHostedService<SecretWatch>();
    }

    /// <exception cref="OptionsValidationException">With every fault.</exception>
    private static SecretsOptions Read(IConfiguration configuration)
    {
        var options = Bind(configuration.GetSection(SecretsOptions.Section));
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var faults = results.Select(result => $"{SecretsOptions.Section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}").ToList();
        if (options.ServiceUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            faults.Add($"{SecretsOptions.Section}:{nameof(SecretsOptions.ServiceUrl)} is '{url}'; it must be an http or https address.");
        }

        return faults.Count == 0 ? options : throw new OptionsValidationException(SecretsOptions.Section, typeof(SecretsOptions), faults);
    }

    private static SecretsOptions Bind(IConfigurationSection section)
    {
        try
        {
            return section.Get<SecretsOptions>() ?? new SecretsOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new OptionsValidationException(SecretsOptions.Section, typeof(SecretsOptions), [unreadable.Message]);
        }
    }
}
