namespace Local.Model.Tokens;

/// <summary>
/// Cuts text into tokens: the white space before a word belongs to it, a word goes in pieces of four characters, every
/// other character stands alone. The tokens of a text, joined, are the text.
/// </summary>
internal static class Tokenizer
{
    private const int PieceLength = 4;

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var position = 0; position < text.Length; count++)
        {
            position += NextLength(text[position..]);
        }

        return count;
    }

    /// <summary>Where each token ends.</summary>
    public static int[] Split(ReadOnlySpan<char> text)
    {
        var ends = new int[Count(text)];
        var position = 0;
        for (var index = 0; index < ends.Length; index++)
        {
            position += NextLength(text[position..]);
            ends[index] = position;
        }

        return ends;
    }

    private static int NextLength(ReadOnlySpan<char> rest)
    {
        var start = 0;
        while (start < rest.Length && char.IsWhiteSpace(rest[start]))
        {
            start++;
        }

        if (start == rest.Length)
        {
            return start;
        }

        if (!char.IsLetterOrDigit(rest[start]))
        {
            return start + (IsPair(rest, start) ? 2 : 1);
        }

        var end = start + 1;
        while (end < rest.Length && end - start < PieceLength && char.IsLetterOrDigit(rest[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsPair(ReadOnlySpan<char> text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
}
