namespace Mcp.Products.Catalogue.Text;

/// <summary>Words of a question that say nothing about what is looked for.</summary>
internal static class StopWords
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new HashSet<string>(StringComparer.Ordinal)
    {
        "a", "an", "and", "any", "are", "at", "below", "best", "buy", "by", "can", "find", "for", "from", "have", "i", "in", "is", "it", "me", "my",
        "need", "of", "on", "or", "please", "show", "some", "than", "that", "the", "this", "to", "under", "want", "with", "you",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => Words.Contains(word);
}
