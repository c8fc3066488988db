using Mcp.Products.Feeds;
using Microsoft.Extensions.Options;
using ServiceDefaults.Secrets;

namespace Mcp.Products.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class CatalogueOptionsValidator
{
    private const int LongestReload = 3600;

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static CatalogueOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(CatalogueOptions.Section).Get<CatalogueOptions>() ?? new CatalogueOptions();
        var faults = Faults(options, configuration).ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(CatalogueOptions.Section, typeof(CatalogueOptions), faults);
    }

    private static IEnumerable<string> Faults(CatalogueOptions options, IConfiguration configuration)
    {
        if (!Enum.GetNames<CatalogueStore>().Contains(options.Store, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Catalogue:Store is '{options.Store}'; it must be one of {string.Join(", ", Enum.GetNames<CatalogueStore>())}.";
        }
        else if (!options.UsesMemory && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return "Catalogue:ConnectionString is missing; with the store PostgreSQL it must name a database, such as Host=db;Database=products;Username=gateway.";
        }

        if (options.Password is not null && SecretReference.Resolve(options.Password, configuration) is null)
        {
            yield return "Catalogue:Password must be env:NAME, where the variable NAME is set.";
        }

        if (options.ReloadSeconds is < 1 or > LongestReload)
        {
            yield return $"Catalogue:ReloadSeconds is {options.ReloadSeconds}; it must be 1 to {LongestReload}.";
        }

        if (options.Format is { } format && FeedFormats.Named(format) is null or FeedFormat.JsonLd)
        {
            yield return $"Catalogue:Format is '{format}'; it must be one of {string.Join(", ", FeedFormats.Read)}.";
        }
        else if (options is { File: { Length: > 0 } file, Format: null } && FeedFormats.OfFile(file) is null or FeedFormat.JsonLd)
        {
            yield return $"Catalogue:File is '{options.File}', whose ending says nothing about its format: set Catalogue:Format to one of {string.Join(", ", FeedFormats.Read)}.";
        }

        if (options.File is { Length: > 0 } missing && !File.Exists(missing))
        {
            yield return $"Catalogue:File is '{missing}', which is not there.";
        }
    }
}
