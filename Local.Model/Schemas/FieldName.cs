using System.Text.RegularExpressions;

namespace Local.Model.Schemas;

internal static partial class FieldName
{
    /// <summary>The words of <c>maxPrice</c> or <c>max_price</c>, in lower case.</summary>
    public static IReadOnlySet<string> Words(string name) =>
        Part().Matches(name).Select(match => match.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("""\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\d+""")]
    private static partial Regex Part();
}
