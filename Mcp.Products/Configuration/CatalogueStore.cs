namespace Mcp.Products.Configuration;

/// <summary>Where the catalogue is searched.</summary>
internal enum CatalogueStore
{
    Memory,
    PostgreSQL,
}
