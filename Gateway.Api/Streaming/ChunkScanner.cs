namespace Gateway.Api.Streaming;

/// <summary>Says what the data of one frame is to the gateway, and what is in it.</summary>
internal static class ChunkScanner
{
    /// <param name="data">What follows <c>data:</c> in the frame.</param>
    /// <param name="facts">What a chunk of an answer holds.</param>
    public static ChunkKind Scan(ReadOnlySpan<byte> data, out AnswerFacts facts)
    {
        facts = default;
        return data.IsEmpty ? ChunkKind.KeepAlive
            : data.SequenceEqual("[DONE]"u8) ? ChunkKind.Done
            : !AnswerScanner.TryScan(data, out facts) ? ChunkKind.Malformed
            : facts.IsError ? ChunkKind.Error
            : ChunkKind.Content;
    }
}
