namespace Gateway.Api.Messages;

/// <summary>A block of an answer's content that is being written.</summary>
internal enum BlockKind
{
    None,
    Thinking,
    Text,
    ToolUse,
}
