namespace Mcp.Products.Catalogue;

/// <summary>The way to a category, written alike by all.</summary>
internal static class CategoryPath
{
    public static string Normalize(string path) =>
        path.Contains('>') ? string.Join(Category.Separator, path.Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) : path.Trim();

    /// <summary>The category and all that contain it, the topmost first.</summary>
    public static IEnumerable<string> Steps(string path)
    {
        path = Normalize(path);
        for (var cut = path.IndexOf(Category.Separator, StringComparison.Ordinal); cut >= 0; cut = path.IndexOf(Category.Separator, cut + 1, StringComparison.Ordinal))
        {
            yield return path[..cut];
        }

        yield return path;
    }
}
