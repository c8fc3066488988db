namespace Mcp.Products.Catalogue.Text;

/// <summary>How alike ids are; nobody cares for their case.</summary>
internal static class NearIds
{
    private const int LongestCompared = 200;

    public static int Tolerance(string id) => id.Length > LongestCompared ? 0 : Math.Clamp(id.Length / 4, 1, 3);

    public static int Distance(string id, string candidate, int most) =>
        Math.Abs(id.Length - candidate.Length) > most ? most + 1 : Spelling.Distance(id.ToLowerInvariant(), candidate.ToLowerInvariant(), most);
}
