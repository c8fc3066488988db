namespace Mcp.Products.Catalogue;

/// <summary>A description as text without markup.</summary>
public sealed record Description(string Plain)
{
    public static readonly Description None = new("");
}
