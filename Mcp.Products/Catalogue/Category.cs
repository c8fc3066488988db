namespace Mcp.Products.Catalogue;

/// <summary>Where a product belongs.</summary>
/// <param name="Value">The way to it from the top, such as <c>Electronics &gt; Keyboards</c>; a category contains what is below it.</param>
/// <param name="Taxonomy">Whose categories these are, such as <c>merchant</c> or <c>google_product_category</c>.</param>
public sealed record Category(string Value, string? Taxonomy = null)
{
    public const string Separator = " > ";
}
