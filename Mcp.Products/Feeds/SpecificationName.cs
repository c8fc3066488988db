namespace Mcp.Products.Feeds;

/// <summary>A column's name as people write it: <c>age_group</c> → <c>Age group</c>.</summary>
internal static class SpecificationName
{
    public static string Of(string field)
    {
        var name = field.Replace('_', ' ').Trim();
        return name.Length > 0 && char.IsAsciiLetterLower(name[0]) ? char.ToUpperInvariant(name[0]) + name[1..] : name;
    }
}
