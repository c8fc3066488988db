namespace Gateway.Api.Configuration.Documents;

/// <summary>How far a word is from another in letters put in, left out, exchanged or swapped with their neighbour.</summary>
internal static class EditDistance
{
    /// <summary>The nearest of the words; the first of those that are equally near. Upper and lower case make no difference.</summary>
    public static string? Nearest(string word, IEnumerable<string> words) => words.MinBy(other => Between(word, other));

    public static int Between(string one, string other)
    {
        var (before, last, next) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var exchanged = last[j - 1] + (IsSame(one[i - 1], other[j - 1]) ? 0 : 1);
                next[j] = Math.Min(exchanged, 1 + Math.Min(last[j], next[j - 1]));
                if (i > 1 && j > 1 && IsSame(one[i - 1], other[j - 2]) && IsSame(one[i - 2], other[j - 1]))
                {
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                }
            }

            (before, last, next) = (last, next, before);
        }

        return last[other.Length];
    }

    private static bool IsSame(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
