namespace Mcp.Products.Catalogue.Memory;

/// <summary>All words of the catalogue in alphabetical order; a word's place in it is its number.</summary>
/// <param name="words">As they are searched.</param>
/// <param name="written">As they were first written, but for case and accents.</param>
internal sealed class Terms(string[] words, string[] written)
{
    public IReadOnlyList<string> Words => words;

    /// <summary>Its number, or -1.</summary>
    public int Find(string word) => Math.Max(-1, Array.BinarySearch(words, word, StringComparer.Ordinal));

    public string Written(int term) => written[term];

    /// <summary>The terms that begin so: from the first up to, and without, the second.</summary>
    public (int First, int End) Beginning(string prefix)
    {
        var first = Array.BinarySearch(words, prefix, StringComparer.Ordinal);
        first = first < 0 ? ~first : first;
        var (low, high) = (first, words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = words[middle].StartsWith(prefix, StringComparison.Ordinal) ? (middle + 1, high) : (low, middle);
        }

        return (first, low);
    }
}
