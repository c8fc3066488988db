namespace Cost.Worker.Traffic.Series;

/// <param name="Name">Null for all together, and for requests that have none.</param>
/// <param name="Total">Of the whole period.</param>
/// <param name="Cells">Of each step.</param>
internal sealed record ShownSeries(string? Name, ShownCell Total, IReadOnlyList<ShownCell> Cells)
{
    public static ShownSeries Of(string? name, CellRing ring, TrafficQuestion question)
    {
        var total = new TrafficCell();
        var cells = new ShownCell[question.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = ShownCell.None;
            if (ring.Find(question.First + i) is { } cell)
            {
                total.AddAll(cell);
                cells[i] = ShownCell.Of(cell);
            }
        }

        return new ShownSeries(name, ShownCell.Of(total), cells);
    }
}
