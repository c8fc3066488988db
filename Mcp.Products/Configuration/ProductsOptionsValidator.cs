using Mcp.Products.Feeds;
using Microsoft.Extensions.Options;

namespace Mcp.Products.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class ProductsOptionsValidator
{
    private const int LongestTimeToLive = 86_400;
    private const int MostRequests = 1_000_000;

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static ProductsOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(ProductsOptions.Section).Get<ProductsOptions>() ?? new ProductsOptions();
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(ProductsOptions.Section, typeof(ProductsOptions), faults);
    }

    private static IEnumerable<string> Faults(ProductsOptions options)
    {
        if (!Currencies.IsValid(options.Currency) || options.Currency.Any(char.IsAsciiLetterLower))
        {
            yield return $"Products:Currency is '{options.Currency}'; it must be three capital letters as ISO 4217 has them, such as USD.";
        }

        if (options.TimeToLiveSeconds is < 0 or > LongestTimeToLive)
        {
            yield return $"Products:TimeToLiveSeconds is {options.TimeToLiveSeconds}; it must be from 0 to {LongestTimeToLive}.";
        }

        if (!Enum.GetNames<AccessMode>().Contains(options.Access, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Products:Access is '{options.Access}'; it must be one of {string.Join(", ", Enum.GetNames<AccessMode>())}.";
        }

        if (options.RequestsPerMinute is < 0 or > MostRequests)
        {
            yield return $"Products:RequestsPerMinute is {options.RequestsPerMinute}; it must be from 0 to {MostRequests}.";
        }

        for (var i = 0; i < options.AuthorizationServers.Count; i++)
        {
            if (!Uri.TryCreate(options.AuthorizationServers[i], UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || address.IsLoopback))
            {
                yield return $"Products:AuthorizationServers:{i} is '{options.AuthorizationServers[i]}'; it must be an https address.";
            }
        }
    }
}
