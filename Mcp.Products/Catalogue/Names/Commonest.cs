namespace Mcp.Products.Catalogue.Names;

/// <summary>Picks what was counted most and sets the counts back.</summary>
internal static class Commonest
{
    public static List<FacetValue> Of(int[] counts, IReadOnlyList<string> names)
    {
        var values = new List<FacetValue>();
        foreach (var number in Numbers(counts, CatalogueFacets.MostValues))
        {
            values.Add(new FacetValue(names[number], counts[number]));
        }

        Array.Clear(counts);
        return values;
    }

    /// <summary>The commonest first, of equally common ones the first; none that was not counted.</summary>
    public static List<int> Numbers(ReadOnlySpan<int> counts, int most)
    {
        var numbers = new List<int>(most + 1);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0 || (numbers.Count == most && counts[i] <= counts[numbers[^1]]))
            {
                continue;
            }

            var at = numbers.Count;
            while (at > 0 && counts[numbers[at - 1]] < counts[i])
            {
                at--;
            }

            numbers.Insert(at, i);
            if (numbers.Count > most)
            {
                numbers.RemoveAt(most);
            }
        }

        return numbers;
    }
}
