namespace Mcp.Products.Catalogue.Postgres;

/// <summary>A word of a query with what stands for it in the catalogue: itself, its corrections, or nothing.</summary>
internal sealed record PostgresWord(Text.QueryWord Query, IReadOnlyList<(string Word, string Written)> Known, bool IsBeginning)
{
    /// <summary>As <c>to_tsquery</c> has it; null where nothing stands for it.</summary>
    public string? Expression
    {
        get
        {
            var parts = Known.Select(known => $"'{known.Word}'").ToList();
            if (IsBeginning)
            {
                parts.Add($"'{Query.Text}':*");
            }

            return parts.Count == 0 ? null : $"({string.Join('|', parts)})";
        }
    }
}
