namespace Mcp.Products.Catalogue;

/// <summary>A filter's value that no product has.</summary>
/// <param name="Filter"><see cref="OfCategories"/>, <see cref="OfBrands"/>, <see cref="OfSpecifications"/> for the name of one or, where that is known, <c>specifications.&lt;name&gt;</c>.</param>
/// <param name="Value">As it was asked for.</param>
/// <param name="Near">Values there are, the likest first.</param>
public sealed record UnknownValue(string Filter, string Value, IReadOnlyList<string> Near)
{
    public const string OfCategories = "categories";
    public const string OfBrands = "brands";
    public const string OfSpecifications = "specifications";
}
