namespace Gateway.Benchmarks.Catalogue;

/// <summary>One typing error: a letter put in, left out, mistaken, or swapped with the next, in a word of four or more.</summary>
internal static class Typo
{
    private const int ShortestWord = 4;

    public static string? In(string title, Random random)
    {
        var words = title.Split(' ');
        var candidates = Enumerable.Range(0, words.Length).Where(i => words[i].Length >= ShortestWord).ToArray();
        if (candidates.Length == 0)
        {
            return null;
        }

        var chosen = candidates[random.Next(candidates.Length)];
        words[chosen] = Misspell(words[chosen], random);
        return string.Join(' ', words);
    }

    private static string Misspell(string word, Random random)
    {
        var at = random.Next(word.Length - 1);
        var letter = (char)('a' + random.Next(26));
        return random.Next(4) switch
        {
            0 => word.Insert(at, letter.ToString()),
            1 => word.Remove(at, 1),
            2 => word[..at] + letter + word[(at + 1)..],
            _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
        };
    }
}
