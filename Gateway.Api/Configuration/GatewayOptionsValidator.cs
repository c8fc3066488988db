using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Gateway.Api.Configuration;

/// <summary>Checks a configuration as a whole and names every fault at once, each with its key and what is allowed.</summary>
internal static class GatewayOptionsValidator
{
    private static readonly string[] ProviderTypes = ["OpenAI"];

    public static IReadOnlyList<string> Validate(GatewayOptions options)
    {
        var faults = new List<string>();
        foreach (var (name, provider) in options.Providers)
        {
            ValidateProvider($"Gateway:Providers:{name}", provider, faults);
        }

        foreach (var (alias, model) in options.Models)
        {
            ModelOptionsValidator.Validate($"Gateway:Models:{alias}", model, options, faults);
        }

        ValidateAttributes("Gateway:Limits", options.Limits, faults);
        TimeRules.Check("Gateway:Limits", options.Limits.RequestTimeoutSeconds, options.Limits.FirstTokenTimeoutSeconds, options.Limits.FallbackReserveSeconds, faults);
        ValidateReference("Gateway:Access:AdminKey", options.Access.AdminKey, faults);
        return faults;
    }

    private static void ValidateProvider(string key, ProviderOptions provider, List<string> faults)
    {
        if (!ProviderTypes.Contains(provider.Type))
        {
            faults.Add($"{key}:Type is '{provider.Type}'; allowed: {string.Join(", ", ProviderTypes)}.");
        }

        if (!Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add($"{key}:BaseUrl is '{provider.BaseUrl}'; it must be an absolute http or https address.");
        }
        else if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            faults.Add($"{key}:BaseUrl must hold no query, fragment or credentials.");
        }
        else if (url.Scheme == "http" && !provider.AllowInsecure && !IsPrivate(url))
        {
            faults.Add($"{key}:BaseUrl is plain HTTP to a host that is neither loopback nor private ('{url.Host}'); use https, or set {key}:AllowInsecure.");
        }

        ValidateReference($"{key}:ApiKey", provider.ApiKey, faults);
    }

    private static void ValidateReference(string key, string? reference, List<string> faults)
    {
        if (!string.IsNullOrEmpty(reference) && !SecretReference.IsValid(reference))
        {
            // The value itself is not shown: it may be a secret that somebody put where its reference belongs.
            faults.Add($"{key} must be a reference of the form env:NAME, never the secret itself.");
        }
    }

    private static void ValidateAttributes(string key, object section, List<string> faults)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(section, new ValidationContext(section), results, validateAllProperties: true);
        faults.AddRange(results.Select(result => $"{key}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }

    // Names without a dot are those of a container network or of Aspire's service addresses.
    private static bool IsPrivate(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? IsPrivate(address) : !url.Host.Contains('.') || url.Host.EndsWith(".internal", StringComparison.Ordinal));

    // RFC 1918, RFC 4193 and link-local addresses.
    private static bool IsPrivate(IPAddress address) => address.GetAddressBytes() switch
    {
        [10, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [192, 168, ..] => true,
        [169, 254, ..] => true,
        { Length: 16 } => address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal,
        _ => false,
    };
}
