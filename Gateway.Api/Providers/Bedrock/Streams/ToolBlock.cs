namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>A block of a stream that is a tool's call.</summary>
internal sealed class ToolBlock
{
    /// <summary>Which of the answer's calls it is, counting calls alone; null where the caller is not told of it.</summary>
    public int? Index { get; init; }

    /// <summary>Its input is the answer itself.</summary>
    public bool IsAnswer { get; init; }

    public bool HasInput { get; set; }
}
