namespace Mcp.Products.Catalogue.Text;

/// <summary>How far words are from each other: letters put in, left out, mistaken, or two of them swapped.</summary>
internal static class Spelling
{
    private const int ShortestCorrected = 3;
    private const int LongWord = 8;

    /// <summary>How many errors a word may have and still be taken for another.</summary>
    public static int Tolerance(int length) => length < ShortestCorrected ? 0 : length < LongWord ? 1 : 2;

    /// <summary>The number of errors, or <paramref name="most"/> + 1 where there are more.</summary>
    public static int Distance(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
        {
            return most + 1;
        }

        var width = other.Length + 1;
        Span<int> rows = width <= 64 ? stackalloc int[3 * width] : new int[3 * width];
        var before = rows[..width];
        var last = rows.Slice(width, width);
        var current = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j < width; j++)
            {
                var cost = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    cost = Math.Min(cost, before[j - 2] + 1);
                }

                current[j] = cost;
                least = Math.Min(least, cost);
            }

            if (least > most)
            {
                return most + 1;
            }

            var spare = before;
            before = last;
            last = current;
            current = spare;
        }

        return Math.Min(last[^1], most + 1);
    }
}
