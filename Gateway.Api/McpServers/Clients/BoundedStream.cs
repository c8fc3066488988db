using Gateway.Api.Streaming;

namespace Gateway.Api.McpServers.Clients;

/// <summary>Another stream, which breaks off where it goes on for too long.</summary>
internal sealed class BoundedStream(Stream inner, int maxBytes) : ReadOnlyStream
{
    private long _read;

    public static IOException TooLong(int maxBytes) => new($"its reply is longer than {maxBytes:N0} bytes");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _read += read;
        return _read > maxBytes ? throw TooLong(maxBytes) : read;
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
