namespace Gateway.Api.Batches.Lines;

/// <summary>A line of the input as it stands there.</summary>
/// <param name="Number">From 1, empty lines included.</param>
/// <param name="Bytes">Without its end; null where it is longer than a request may be.</param>
internal readonly record struct RawLine(int Number, ReadOnlyMemory<byte>? Bytes)
{
    public bool IsBlank => Bytes is { } bytes && bytes.Span.IndexOfAnyExcept(" \t\r"u8) < 0;
}
