namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>What a <c>contentBlockDelta</c> carries.</summary>
internal enum DeltaKind
{
    /// <summary>Something that has no place in OpenAI's API, such as citations.</summary>
    Other,
    Text,
    ToolInput,
    ReasoningText,
    ReasoningSignature,
    RedactedReasoning,
}
