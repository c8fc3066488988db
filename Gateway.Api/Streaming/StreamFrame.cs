namespace Gateway.Api.Streaming;

/// <summary>One frame of a stream.</summary>
/// <param name="Bytes">The frame as it came, its blank line included.</param>
/// <param name="Data">What follows <c>data:</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Facts">What a chunk of an answer holds.</param>
internal readonly record struct StreamFrame(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Data, ChunkKind Kind, AnswerFacts Facts);
