namespace Mcp.Products.Catalogue;

/// <summary>
/// A question to the catalogue. A product is found where it has all words of the query (the last may be the beginning of one) and passes all filters; of a
/// filter's values one is enough. Letter case does not matter.
/// </summary>
public sealed record CatalogueSearch
{
    public const int DefaultLimit = 10;
    public const int MaxLimit = 100;

    /// <summary>The characters of a query that are looked at; what is past them is not.</summary>
    public const int MaxQueryLength = 500;

    public string? Query { get; init; }

    /// <summary>The whole way to a category or the name of one of its steps; it includes what is below it.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Brands { get; init; } = [];

    public PriceFilter? Price { get; init; }

    /// <summary>True: has a variant that can be bought now, at that price; false: has none.</summary>
    public bool? Available { get; init; }

    /// <summary>Specification → the values that will do.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Specifications { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How many products to pass over; 0 or more.</summary>
    public int Offset { get; init; }

    /// <summary>How many products to give; 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = DefaultLimit;
}
