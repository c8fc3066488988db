namespace Mcp.Products.Catalogue.Memory;

/// <summary>A list of numbers for each row, in two arrays.</summary>
internal sealed class Rows<T>(int[] starts, T[] values)
{
    public int Count => starts.Length - 1;

    public ReadOnlySpan<T> this[int row] => values.AsSpan(starts[row], starts[row + 1] - starts[row]);
}
