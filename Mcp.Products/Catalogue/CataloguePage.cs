namespace Mcp.Products.Catalogue;

/// <summary>What the catalogue answers to a <see cref="CatalogueSearch"/>.</summary>
public sealed record CataloguePage
{
    /// <summary>Of the catalogue that was asked; an offset means nothing in another.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<Product> Products { get; init; }

    /// <summary>How many products were found, on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public int? NextOffset { get; init; }

    public required CatalogueFacets Facets { get; init; }

    /// <summary>What was searched for instead, where words of the query were misspelt or had to be left out.</summary>
    public string? CorrectedQuery { get; init; }

    /// <summary>Other searches and how many products each finds; only where nothing was found.</summary>
    public IReadOnlyList<CatalogueSuggestion> Suggestions { get; init; } = [];

    /// <summary>Values of filters that no product has, with those that are like them.</summary>
    public IReadOnlyList<UnknownValue> UnknownValues { get; init; } = [];
}
