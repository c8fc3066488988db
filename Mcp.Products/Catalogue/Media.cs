namespace Mcp.Products.Catalogue;

/// <summary>A picture or film of a product.</summary>
/// <param name="Type"><c>image</c>, <c>video</c> or <c>model_3d</c>.</param>
/// <param name="Url">Where it is.</param>
/// <param name="AltText">What it shows, in words.</param>
public sealed record Media(string Type, string Url, string? AltText = null);
