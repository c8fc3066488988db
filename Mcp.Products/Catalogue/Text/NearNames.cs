namespace Mcp.Products.Catalogue.Text;

/// <summary>Names that are like one that is not there.</summary>
internal static class NearNames
{
    private const int Most = 5;

    /// <summary>The likest first: names that contain it or are contained in it, then those with up to a third of their letters amiss.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> names)
    {
        var near = new List<(int Distance, string Name)>();
        var wanted = name.Trim().ToLowerInvariant();
        if (wanted.Length == 0)
        {
            return [];
        }

        foreach (var candidate in names)
        {
            var distance = Distance(wanted, candidate.ToLowerInvariant());
            if (distance <= Math.Max(1, wanted.Length / 3))
            {
                near.Add((distance, candidate));
            }
        }

        return [.. near.OrderBy(one => one.Distance).ThenBy(one => one.Name.Length).ThenBy(one => one.Name, StringComparer.Ordinal).Take(Most).Select(one => one.Name)];
    }

    private static int Distance(string wanted, string candidate)
    {
        // The last step of a category's way is what people call it.
        var name = candidate[(candidate.LastIndexOf(Category.Separator, StringComparison.Ordinal) is >= 0 and var at ? at + Category.Separator.Length : 0)..];
        return name.Length > 2 && (name.Contains(wanted, StringComparison.Ordinal) || wanted.Contains(name, StringComparison.Ordinal))
            ? 0
            : Spelling.Distance(wanted, name, Math.Max(1, wanted.Length / 3));
    }
}
