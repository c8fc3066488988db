namespace Mcp.Products.Catalogue.Names;

/// <summary>Picks what counts most.</summary>
internal static class Commonest
{
    /// <summary>The commonest first, of equally common ones the lowest number; none that counts nothing.</summary>
    /// <param name="numbers">What there is, by its total; of equal ones the lowest number first.</param>
    /// <param name="total">More than this a number cannot count: counting ends where no more can get among the commonest.</param>
    /// <param name="count">What a number counts.</param>
    /// <param name="most">How many are wanted.</param>
    public static List<(int Number, int Count)> Of(ReadOnlySpan<int> numbers, Func<int, int> total, Func<int, int> count, int most)
    {
        var commonest = new List<(int Number, int Count)>(most + 1);
        foreach (var number in numbers)
        {
            if (commonest.Count == most && IsBefore(commonest[^1], (number, total(number))))
            {
                break;
            }

            var counted = (number, Count: count(number));
            if (counted.Count == 0)
            {
                continue;
            }

            var at = commonest.Count;
            while (at > 0 && IsBefore(counted, commonest[at - 1]))
            {
                at--;
            }

            commonest.Insert(at, counted);
            if (commonest.Count > most)
            {
                commonest.RemoveAt(most);
            }
        }

        return commonest;
    }

    private static bool IsBefore((int Number, int Count) one, (int Number, int Count) other) =>
        one.Count > other.Count || (one.Count == other.Count && one.Number < other.Number);
}
