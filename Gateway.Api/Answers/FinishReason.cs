namespace Gateway.Api.Answers;

/// <summary>Why a model stopped.</summary>
internal enum FinishReason
{
    /// <summary>It had said what it had to say, or met a stop sequence.</summary>
    Stop,

    /// <summary>The limit of tokens was reached.</summary>
    Length,

    /// <summary>It waits for the results of tools.</summary>
    ToolCalls,

    /// <summary>A filter held the answer back.</summary>
    ContentFilter,
}
