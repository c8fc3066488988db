namespace Mcp.Products.Catalogue.Memory;

/// <summary>Byte strings one after the other in large pieces, each found by its number.</summary>
internal sealed class Blob
{
    private const int PieceSize = 1 << 22;
    private const int PositionBits = 32;

    private readonly List<byte[]> _pieces = [];
    private readonly List<long> _places = [];
    private int _used = PieceSize;

    public int Count => _places.Count;

    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            var place = _places[number];
            return _pieces[(int)(place >> PositionBits)].AsSpan((int)place);
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > PieceSize)
        {
            _pieces.Add(new byte[Math.Max(PieceSize, bytes.Length)]);
            _used = 0;
        }

        bytes.CopyTo(_pieces[^1].AsSpan(_used));
        _places.Add((long)(_pieces.Count - 1) << PositionBits | (uint)_used);
        _used += bytes.Length;
    }
}
