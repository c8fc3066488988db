namespace Mcp.Products.Imports;

/// <summary>What became of a feed.</summary>
/// <param name="Products">How many there are in the catalogue now.</param>
/// <param name="LeftOut">How many rows are not.</param>
/// <param name="Rows">The first of those, each with its line and why.</param>
internal sealed record ImportReport(string Object, int Products, int LeftOut, IReadOnlyList<ImportReport.Row> Rows, double Seconds)
{
    internal sealed record Row(long Line, string Reason);
}
