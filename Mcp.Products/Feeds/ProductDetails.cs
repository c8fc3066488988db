using System.Text;

namespace Mcp.Products.Feeds;

/// <summary>Specifications as Google Merchant has them in one field: <c>section:name:value,section:name:value</c>, with a backslash before commas of their own.</summary>
internal static class ProductDetails
{
    public static IEnumerable<KeyValuePair<string, string>> Parse(string text)
    {
        foreach (var detail in Split(text))
        {
            var parts = detail.Split(':', 3, StringSplitOptions.TrimEntries);
            if (parts.Length == 3 && parts[1].Length > 0)
            {
                yield return new(parts[1], parts[2]);
            }
        }
    }

    public static string Format(IEnumerable<KeyValuePair<string, string>> specifications) =>
        string.Join(',', specifications.Select(one => $":{Escape(one.Key.Replace(':', ' '))}:{Escape(one.Value)}"));

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);

    private static IEnumerable<string> Split(string text)
    {
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                part.Append(text[++i]);
            }
            else if (text[i] == ',')
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        yield return part.ToString();
    }
}
