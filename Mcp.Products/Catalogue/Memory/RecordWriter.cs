using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Writes a product's fields: numbers seven bits a byte, texts by their length, names that come back by a number.</summary>
internal sealed class RecordWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public string[] Names => [.. _names];

    public void Clear() => _buffer.ResetWrittenCount();

    public void Number(long value)
    {
        // Small negative numbers stay short.
        var rest = (ulong)(value << 1 ^ value >> 63);
        var span = _buffer.GetSpan(10);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            span[length++] = (byte)(rest | 0x80);
        }

        span[length++] = (byte)rest;
        _buffer.Advance(length);
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Number(-1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length)));
    }

    public void Name(string? name)
    {
        if (name is null)
        {
            Number(-1);
            return;
        }

        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, name, out var known);
        if (!known)
        {
            number = _names.Count;
            _names.Add(name);
        }

        Number(number);
    }

    public void List<T>(IReadOnlyCollection<T> values, Action<RecordWriter, T> write)
    {
        Number(values.Count);
        foreach (var value in values)
        {
            write(this, value);
        }
    }
}
