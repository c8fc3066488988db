namespace Gateway.Tests.Fuzz.Generation;

/// <summary>A stream of which each read gives some of what was asked for, without ever waiting.</summary>
internal sealed class PiecewiseStream(byte[] bytes, FuzzRandom random) : MemoryStream(bytes, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Some(buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Some(count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(base.Read(buffer.Span[..Some(buffer.Length)]));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(base.Read(buffer, offset, Some(count)));

    private int Some(int wanted) => wanted == 0 ? 0 : 1 + Math.Min(random.Length(512), wanted - 1);
}
