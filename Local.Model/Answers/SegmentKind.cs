namespace Local.Model.Answers;

internal enum SegmentKind
{
    /// <summary>The prompt, repeated; not counted as generated.</summary>
    Echo,
    Text,
    ToolName,
    ToolArguments,
}
