using System.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Reads what a <see cref="RecordWriter"/> wrote.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes, string[] names)
{
    public delegate T Reading<T>(ref RecordReader reader);

    private ReadOnlySpan<byte> _rest = bytes;

    public long Number()
    {
        ulong value = 0;
        var length = 0;
        byte part;
        do
        {
            part = _rest[length];
            value |= (ulong)(part & 0x7F) << (7 * length);
            length++;
        }
        while (part >= 0x80);

        _rest = _rest[length..];
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public string? Text() => Number() is >= 0 and var length ? Take((int)length) : null;

    public string? Name() => Number() is >= 0 and var number ? names[number] : null;

    public T[] List<T>(Reading<T> read)
    {
        var values = new T[Number()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(ref this);
        }

        return values;
    }

    private string Take(int length)
    {
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }
}
