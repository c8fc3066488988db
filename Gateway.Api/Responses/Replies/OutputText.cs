using System.Buffers;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Responses.Replies;

/// <summary>All text of an answer, one JSON string after the other, in pooled memory: what comes escaped stays so and is never decoded.</summary>
internal sealed class OutputText : IDisposable
{
    private readonly PooledBodyWriter _buffer = new(capacity: 1024);

    public int Length => _buffer.Written.Length;

    public ReadOnlySpan<byte> this[Range range] => _buffer.Written.Span[range];

    public void Append(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>Appends a whole string.</summary>
    /// <param name="inside">What stands between its quotes.</param>
    public Range AppendString(ReadOnlySpan<byte> inside)
    {
        var start = Length;
        Append("\""u8);
        Append(inside);
        Append("\""u8);
        return start..Length;
    }

    public void Dispose() => _buffer.Dispose();
}
