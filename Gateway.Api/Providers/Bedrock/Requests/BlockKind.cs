namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>What a block of a turn becomes.</summary>
internal enum BlockKind
{
    Text,
    Image,
    ToolUse,
    ToolResult,
    Reasoning,
    CachePoint,
}
