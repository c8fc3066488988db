using System.Buffers.Binary;

namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>
/// One frame of <c>application/vnd.amazon.eventstream</c>
/// (https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html): total length, length of the headers and their CRC-32, four
/// bytes each, then the headers, the payload, and the CRC-32 of it all. Points into the buffer that it was read from.
/// </summary>
internal readonly struct EventFrame
{
    /// <summary>AWS sends none larger; a length beyond it is damage, and would only fill memory.</summary>
    private const int MaxBytes = 24 * 1024 * 1024;

    private const int PreludeBytes = 12;
    private const int CrcBytes = 4;
    private const int LeastBytes = PreludeBytes + CrcBytes;

    private EventFrame(ReadOnlyMemory<byte> payload) => Payload = payload;

    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>event, exception or error.</summary>
    public ReadOnlyMemory<byte> MessageType { get; private init; }

    public ReadOnlyMemory<byte> EventType { get; private init; }

    /// <summary>The name of what went wrong, where something did.</summary>
    public ReadOnlyMemory<byte> ErrorName { get; private init; }

    /// <summary>What went wrong in words, where it is not in the payload.</summary>
    public ReadOnlyMemory<byte> ErrorMessage { get; private init; }

    /// <summary>How many bytes the frame that begins here has; 0 where its prelude is not whole yet.</summary>
    /// <exception cref="IOException">The prelude is damaged.</exception>
    public static int LengthOf(ReadOnlySpan<byte> start)
    {
        if (start.Length < PreludeBytes)
        {
            return 0;
        }

        var (length, headers) = (BinaryPrimitives.ReadUInt32BigEndian(start), BinaryPrimitives.ReadUInt32BigEndian(start[4..]));
        if (BinaryPrimitives.ReadUInt32BigEndian(start[8..]) != Crc32.Of(start[..8]))
        {
            throw new IOException("A frame of the event stream is damaged: the checksum of its lengths is wrong.");
        }

        return length is >= LeastBytes and <= MaxBytes && headers <= length - LeastBytes
            ? (int)length
            : throw new IOException($"A frame of the event stream says that it is {length} bytes long, {headers} of them headers; that cannot be.");
    }

    /// <param name="frame">The whole frame, its prelude checked already.</param>
    /// <exception cref="IOException">It is damaged.</exception>
    public static EventFrame Read(ReadOnlyMemory<byte> frame)
    {
        var bytes = frame.Span;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[^CrcBytes..]) != Crc32.Of(bytes[..^CrcBytes]))
        {
            throw new IOException("A frame of the event stream is damaged: its checksum is wrong.");
        }

        var headersEnd = PreludeBytes + (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        var read = new EventFrame(frame[headersEnd..^CrcBytes]);
        var headers = new EventHeaders(frame[PreludeBytes..headersEnd]);
        while (headers.TryRead(out var name, out var value))
        {
            read = name switch
            {
                _ when name.SequenceEqual(":message-type"u8) => read with { MessageType = value },
                _ when name.SequenceEqual(":event-type"u8) => read with { EventType = value },
                _ when name.SequenceEqual(":exception-type"u8) || name.SequenceEqual(":error-code"u8) => read with { ErrorName = value },
                _ when name.SequenceEqual(":error-message"u8) => read with { ErrorMessage = value },
                _ => read,
            };
        }

        return read;
    }
}
