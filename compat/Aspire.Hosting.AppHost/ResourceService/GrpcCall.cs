using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.ResourceService;

/// <summary>
/// One gRPC call over HTTP/2 (<see href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md"/>). A message is one byte that says
/// whether it is compressed, its length in four bytes, most significant first, and its content; the trailer <c>grpc-status</c> ends the call.
/// </summary>
internal sealed class GrpcCall
{
    private const int PrefixBytes = 5;
    private const int MaxRequestBytes = 1 << 20;

    private readonly HttpContext _context;

    public GrpcCall(HttpContext context)
    {
        _context = context;
        context.Response.ContentType = "application/grpc";
    }

    /// <summary>Ends when the caller leaves.</summary>
    public CancellationToken Aborted => _context.RequestAborted;

    /// <summary>The request's next message; null where there is none any more.</summary>
    /// <exception cref="InvalidDataException">It is compressed, too long, cut off, or no message of this type.</exception>
    public async Task<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var reader = _context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(Aborted);
            if (TryParse(result.Buffer, parser, out var message, out var end))
            {
                reader.AdvanceTo(end);
                return message;
            }

            if (result.IsCompleted)
            {
                return result.Buffer.IsEmpty ? null : throw new InvalidDataException("The request ends within a message.");
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Sends the headers, so that the caller knows that it was heard.</summary>
    public async Task AcceptAsync() => await _context.Response.BodyWriter.FlushAsync(Aborted);

    /// <summary>Sends a message; ends when the connection has taken it, which a slow reader delays.</summary>
    public async Task WriteAsync(IMessage message)
    {
        var length = message.CalculateSize();
        Write(_context.Response.BodyWriter, message, length);
        await _context.Response.BodyWriter.FlushAsync(Aborted);
    }

    public async Task EndAsync(GrpcStatus status, string? message = null)
    {
        _context.Response.AppendTrailer("grpc-status", ((int)status).ToString(CultureInfo.InvariantCulture));
        if (message is not null)
        {
            _context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
        }

        await _context.Response.CompleteAsync();
    }

    private static void Write(PipeWriter writer, IMessage message, int length)
    {
        var span = writer.GetSpan(PrefixBytes + length)[..(PrefixBytes + length)];
        span[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)length);
        message.WriteTo(span[PrefixBytes..]);
        writer.Advance(span.Length);
    }

    private static bool TryParse<T>(ReadOnlySequence<byte> buffer, MessageParser<T> parser, out T? message, out SequencePosition end)
        where T : class, IMessage<T>
    {
        (message, end) = (null, buffer.Start);
        if (buffer.Length < PrefixBytes)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (prefix[0] != 0 || length > MaxRequestBytes)
        {
            throw new InvalidDataException("The message is compressed or too long.");
        }

        if (buffer.Length < PrefixBytes + length)
        {
            return false;
        }

        var content = buffer.Slice(PrefixBytes, length);
        end = content.End;
        message = parser.ParseFrom(content);
        return true;
    }
}
