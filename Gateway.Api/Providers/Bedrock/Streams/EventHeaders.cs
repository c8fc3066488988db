using System.Buffers.Binary;

namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>
/// The headers of a frame, one after the other: length of the name (1 byte), name, type (1 byte), value. Values of types other than
/// text are stepped over.
/// </summary>
internal ref struct EventHeaders(ReadOnlyMemory<byte> headers)
{
    private const byte ByteArray = 6;
    private const byte Text = 7;

    private ReadOnlyMemory<byte> _rest = headers;

    /// <exception cref="IOException">A header is of a type that does not exist, or longer than its frame.</exception>
    public bool TryRead(out ReadOnlySpan<byte> name, out ReadOnlyMemory<byte> value)
    {
        name = default;
        value = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        name = Take(Take(1).Span[0]).Span;
        var type = Take(1).Span[0];
        value = Take(type switch
        {
            0 or 1 => 0,
            2 => 1,
            3 => 2,
            4 => 4,
            5 or 8 => 8,
            ByteArray or Text => BinaryPrimitives.ReadUInt16BigEndian(Take(2).Span),
            9 => 16,
            _ => throw new IOException($"A header of the event stream is of type {type}, which does not exist."),
        });
        value = type == Text ? value : default;
        return true;
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw new IOException("A header of the event stream is longer than its frame.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
