using Mcp.Products.Feeds;
using Microsoft.Extensions.Options;

namespace Mcp.Products.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class ProductsOptionsValidator
{
    private const int LongestTimeToLive = 86_400;

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
    }
}
