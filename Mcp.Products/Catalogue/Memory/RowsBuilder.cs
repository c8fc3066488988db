namespace Mcp.Products.Catalogue.Memory;

/// <summary>Gathers the rows of <see cref="Rows{T}"/> one after the other.</summary>
internal sealed class RowsBuilder<T>
{
    private readonly List<int> _starts = [0];
    private readonly List<T> _values = [];

    public void Add(T value) => _values.Add(value);

    /// <summary>Adds a value unless the row has it; false where it had.</summary>
    public bool AddOnce(T value)
    {
        if (_values.IndexOf(value, _starts[^1]) >= 0)
        {
            return false;
        }

        _values.Add(value);
        return true;
    }

    public void EndRow() => _starts.Add(_values.Count);

    public Rows<T> Build() => new([.. _starts], [.. _values]);
}
