namespace ServiceDefaults.Usage;

/// <summary>A tool that the gateway called on behalf of a model.</summary>
public sealed record ToolCallUsage
{
    /// <summary>The MCP server, by its name in the gateway's configuration; null where the model named a tool that is none.</summary>
    public string? Server { get; init; }

    /// <summary>The tool's name there; null where the model has invented it.</summary>
    public string? Tool { get; init; }

    /// <summary>How long the call took, in microseconds.</summary>
    public long DurationMicroseconds { get; init; }

    /// <summary>How many bytes of text the model was given for it.</summary>
    public int ResultBytes { get; init; }

    /// <summary>Whether there was no result, or one that says what is wrong with the call.</summary>
    public bool Failed { get; init; }
}
