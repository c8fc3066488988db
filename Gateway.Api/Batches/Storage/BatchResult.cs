namespace Gateway.Api.Batches.Storage;

/// <summary>What came of a line: a line of the output file, or of the error file.</summary>
/// <param name="IsOutput">Whether it was answered.</param>
/// <param name="Json">The line, without its end.</param>
internal readonly record struct BatchResult(bool IsOutput, ReadOnlyMemory<byte> Json)
{
    private const byte Output = (byte)'o';
    private const byte Error = (byte)'e';

    public byte[] ToBytes() => [IsOutput ? Output : Error, .. Json.Span];

    public static BatchResult Of(ReadOnlyMemory<byte> bytes) => new(bytes.Span[0] == Output, bytes[1..]);
}
