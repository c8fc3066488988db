namespace Gateway.Api.Streaming;

/// <summary>What one frame of a stream is to the gateway.</summary>
internal enum ChunkKind
{
    /// <summary>A comment or a field without data, sent to keep the connection open.</summary>
    KeepAlive,

    /// <summary>A JSON object that carries a part of the answer.</summary>
    Content,

    /// <summary>A JSON object with an <c>error</c>.</summary>
    Error,

    /// <summary>Data that is no JSON object.</summary>
    Malformed,

    /// <summary><c>[DONE]</c>.</summary>
    Done,
}
