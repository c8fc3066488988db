using Gateway.Api.Answers;

namespace Gateway.Api.Responses.Replies;

/// <summary>What changes of a response while it is made.</summary>
internal sealed record ResponseState(string Status)
{
    /// <summary>The model that answers; null until one does.</summary>
    public string? Model { get; init; }

    public ResponseError? Error { get; init; }

    /// <summary>Why it is incomplete: <c>max_output_tokens</c> or <c>content_filter</c>.</summary>
    public string? IncompleteReason { get; init; }

    public Output? Output { get; init; }

    public AnswerEnd? End { get; init; }

    /// <summary>In seconds since 1970.</summary>
    public long? CompletedAt { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>Whether it can be fetched later.</summary>
    public bool IsStored { get; init; }
}
