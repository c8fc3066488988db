namespace Mcp.Products.Catalogue;

/// <summary>What there is among the products found, counted; the commonest first.</summary>
/// <param name="Categories">By their whole way; a category counts what is below it.</param>
/// <param name="Brands">By name.</param>
/// <param name="Prices">By the lowest price, from cheap to dear.</param>
/// <param name="Available">How many can be bought now.</param>
/// <param name="Specifications">The commonest names, each with its commonest values.</param>
public sealed record CatalogueFacets(
    IReadOnlyList<FacetValue> Categories,
    IReadOnlyList<FacetValue> Brands,
    IReadOnlyList<PriceFacet> Prices,
    int Available,
    IReadOnlyList<SpecificationFacet> Specifications)
{
    /// <summary>The most categories and brands, and the most values of a specification, that are told.</summary>
    public const int MostValues = 10;

    /// <summary>The most specifications that are told.</summary>
    public const int MostSpecifications = 8;

    public static readonly CatalogueFacets None = new([], [], [], 0, []);
}
