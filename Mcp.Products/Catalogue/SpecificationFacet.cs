namespace Mcp.Products.Catalogue;

/// <summary>A specification, how many products state it, and its commonest values.</summary>
public sealed record SpecificationFacet(string Name, int Count, IReadOnlyList<FacetValue> Values);
