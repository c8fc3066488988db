namespace Mcp.Products.Catalogue;

/// <summary>
/// A product in the shape that the commerce standards share (<see href="https://ucp.dev/">UCP</see>, ACP): what the tools answer with, a line of
/// the catalogue's file, and what feeds are read into. As JSON in snake case; what is not known is left out, lists are empty rather than absent.
/// </summary>
public sealed record Product
{
    /// <summary>Unique in the catalogue; 1 to 200 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The product's name in web addresses, such as <c>blue-runner-pro</c>.</summary>
    public string? Handle { get; init; }

    public required string Title { get; init; }

    public Description Description { get; init => field = value ?? Description.None; } = Description.None;

    /// <summary>The product's page.</summary>
    public string? Url { get; init; }

    public string? Brand { get; init; }

    public IReadOnlyList<Category> Categories { get; init => field = value ?? []; } = [];

    /// <summary>The lowest and the highest price of the variants.</summary>
    public PriceRange PriceRange => PriceRange.Of(Variants);

    public IReadOnlyList<Media> Media { get; init => field = value ?? []; } = [];

    /// <summary>What the variants differ in.</summary>
    public IReadOnlyList<ProductOption> Options { get; init => field = value ?? []; } = [];

    /// <summary>What can be bought; at least one, all priced in one currency.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    public Rating? Rating { get; init; }

    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    public Metadata Metadata { get; init => field = value ?? Metadata.None; } = Metadata.None;
}
