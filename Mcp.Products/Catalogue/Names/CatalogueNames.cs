namespace Mcp.Products.Catalogue.Names;

/// <summary>All that the products of a catalogue are filtered and counted by, numbered.</summary>
internal sealed class CatalogueNames
{
    public NameTable Brands { get; } = new();

    public CategoryTree Categories { get; } = new();

    public SpecificationTable Specifications { get; } = new();

    public NameTable Currencies { get; } = new();
}
