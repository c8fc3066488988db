namespace Mcp.Products.Catalogue.Text;

/// <summary>The words that a query looks for.</summary>
internal static class QueryWords
{
    private const int MaxWords = 24;

    /// <summary>Each once, in order; words that say nothing only where there are no others.</summary>
    public static IReadOnlyList<QueryWord> Of(string? query)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return [];
        }

        var words = new List<QueryWord>();
        var reader = new WordReader(query.AsSpan(0, Math.Min(query.Length, CatalogueSearch.MaxQueryLength)), stackalloc char[WordReader.BufferLength], joins: false);
        while (words.Count < MaxWords && reader.MoveNext())
        {
            var word = new QueryWord(reader.Current.ToString(), reader.Written.ToString());
            if (!words.Contains(word))
            {
                words.Add(word);
            }
        }

        var telling = words.FindAll(word => !StopWords.Contains(word.Written));
        return telling.Count > 0 ? telling : words;
    }

    /// <summary>How many of a query's words a product has to have where none has all: both of two, two of three, three of four.</summary>
    public static int Required(int words) => words <= 2 ? words : (2 * words + 2) / 3;
}
