using System.Buffers;

namespace Gateway.Api.Pipeline;

/// <summary>
/// The bytes of a request or a reply, read once into pooled memory and given back at the end. Whoever may still read them after
/// the owner is done (a request that HTTP/2 is still sending when its reply is already there) borrows them first.
/// </summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstRent = 4096;

    private byte[] _buffer;
    private int _holders = 1;

    private PooledBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Takes over an array of the shared pool, of which the first <paramref name="length"/> bytes count.</summary>
    public PooledBody(byte[] rented, int length) => (_buffer, Length) = (rented, length);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    /// <summary>Reads the whole stream, or returns null where it is longer than <paramref name="maxBytes"/>.</summary>
    /// <param name="declaredLength">What Content-Length says, or null where it says nothing.</param>
    public static async ValueTask<PooledBody?> ReadAsync(Stream stream, long? declaredLength, int maxBytes, CancellationToken cancellationToken)
    {
        if (declaredLength > maxBytes)
        {
            return null;
        }

        var body = new PooledBody((int?)declaredLength ?? FirstRent);
        try
        {
            while (body.Length != declaredLength && await stream.ReadAsync(body._buffer.AsMemory(body.Length), cancellationToken) is > 0 and var read)
            {
                body.Length += read;
                if (body.Length > maxBytes)
                {
                    body.Dispose();
                    return null;
                }

                body.MakeRoom(declaredLength);
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the memory until a further <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was given back already.</exception>
    public void Borrow()
    {
        int holders;
        do
        {
            holders = Volatile.Read(ref _holders);
            ObjectDisposedException.ThrowIf(holders == 0, this);
        }
        while (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders);
    }

    /// <summary>Ends one holder's claim; called once by each.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private void MakeRoom(long? declaredLength)
    {
        if (Length < _buffer.Length || Length == declaredLength)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
