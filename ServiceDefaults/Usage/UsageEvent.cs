using System.Text.Json.Serialization;

namespace ServiceDefaults.Usage;

/// <summary>
/// What one request used and cost: the contract between the gateway, which writes one for every request, and the cost worker,
/// which keeps it. Written as one line of JSON in snake case; what is null or zero is left out.
/// </summary>
public sealed record UsageEvent
{
    /// <summary>Names the event once and for all: <c>&lt;journal&gt;.&lt;sequence&gt;</c>. An event that is delivered twice counts once.</summary>
    public required UsageEventId Id { get; init; }

    /// <summary>The request's <c>x-request-id</c>; the caller may have chosen it, so it need not be unique.</summary>
    public required string RequestId { get; init; }

    /// <summary>The trace that the request is part of, as W3C has it; null where there is none.</summary>
    public string? TraceId { get; init; }

    /// <summary>When the request came in, in UTC: the hour and day it is booked under.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>gen_ai.operation.name</c>: <c>chat</c>, <c>text_completion</c> or <c>embeddings</c>; of what was passed on the first segments of its path, such as <c>audio/speech</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Whose request it was; null where it was refused before that was known.</summary>
    public string? Tenant { get; init; }

    /// <summary>The id of the API key, never the key.</summary>
    public string? Key { get; init; }

    /// <summary>The key's user.</summary>
    public string? User { get; init; }

    /// <summary>The model alias that the caller asked for; null where the request was refused before it was read.</summary>
    public string? Alias { get; init; }

    /// <summary>The provider that answered, or was tried last; null where none was called.</summary>
    public string? Provider { get; init; }

    /// <summary>The model's name at that provider.</summary>
    public string? Model { get; init; }

    /// <summary>The variant of an experiment that the request fell into.</summary>
    public string? Variant { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required UsageStatus Status { get; init; }

    /// <summary>The HTTP status that the caller got; 499 where it left before one was sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int HttpStatus { get; init; }

    /// <summary>The <c>code</c> of the error that the caller got.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the caller asked for a stream.</summary>
    public bool Streamed { get; init; }

    /// <summary>Whether it was a line of a batch.</summary>
    public bool Batch { get; init; }

    public UsageTokens Tokens { get; init; }

    /// <summary>Where the token counts come from.</summary>
    public TokenSource TokenSource { get; init; }

    /// <summary>The cost in nano-dollars (10⁻⁹ USD); null where it is unknown, which is never the same as zero.</summary>
    public long? CostNanoUsd { get; init; }

    /// <summary>Which price the cost was worked out with: <c>provider/model@date</c>.</summary>
    public string? Price { get; init; }

    /// <summary>What caching saved against the full price of the input, in nano-dollars; 0 or more.</summary>
    public long CacheSavingNanoUsd { get; init; }

    /// <summary>Why no provider was called for this request alone.</summary>
    public AvoidedBy AvoidedBy { get; init; }

    /// <summary>What the call would have cost that was not needed, in nano-dollars; null where that is unknown or none was avoided.</summary>
    public long? AvoidedCostNanoUsd { get; init; }

    /// <summary>From the request's arrival to the end of its answer, in microseconds.</summary>
    public long DurationMicroseconds { get; init; }

    /// <summary>From the request's arrival to the first byte of the answer, in microseconds; null where there was none.</summary>
    public long? FirstTokenMicroseconds { get; init; }

    /// <summary>How many targets were called.</summary>
    public int Attempts { get; init; }

    /// <summary>How many tool calls the answer holds.</summary>
    public int ToolCalls { get; init; }

    /// <summary>Which call of the model it was, from 1, of those that one request has led to because the gateway called tools; 0 where it led to one only.</summary>
    public int Round { get; init; }

    /// <summary>The tools that the gateway called for the answer; null where it called none.</summary>
    public IReadOnlyList<ToolCallUsage>? Tools { get; init; }
}
