using System.Text.Json.Serialization;
using Gateway.Api.Access;

namespace Gateway.Api.Batches.Storage;

/// <summary>What is kept of a batch beside the results of its lines.</summary>
internal sealed record StoredBatch
{
    private const string Prefix = "batch_";

    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The id of the key that made it, under which its lines run.</summary>
    public required string Key { get; init; }

    /// <summary>Whose it is where that was said by a token and no key of the gateway's; else null.</summary>
    public ApiKey? Identity { get; init; }

    public required string InputFileId { get; init; }

    public required string Endpoint { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public int? OutputExpiresAfterSeconds { get; init; }

    public BatchStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? InProgressAt { get; init; }

    public DateTimeOffset? FinalizingAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Set with the first line that was left out, before the batch has ended.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }

    public DateTimeOffset? CancellingAt { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>How many lines the input has, empty ones included.</summary>
    public int Lines { get; init; }

    /// <summary>How many requests it has.</summary>
    public int Total { get; init; }

    /// <summary>Known before there is such a file, so that one that is written again is the same.</summary>
    public string? OutputFileId { get; init; }

    /// <inheritdoc cref="OutputFileId"/>
    public string? ErrorFileId { get; init; }

    public IReadOnlyList<BatchError> Errors { get; init; } = [];

    /// <summary>Goes up by one with each change, so that of two changes at once neither undoes the other.</summary>
    public long Version { get; init; }

    /// <summary>Counted by the store.</summary>
    [JsonIgnore]
    public int Completed { get; init; }

    /// <inheritdoc cref="Completed"/>
    [JsonIgnore]
    public int Failed { get; init; }

    [JsonIgnore]
    public BatchName Name => new(Tenant, Id);

    [JsonIgnore]
    public bool HasEnded => Status is BatchStatus.Completed or BatchStatus.Failed or BatchStatus.Expired or BatchStatus.Cancelled;

    [JsonIgnore]
    public DateTimeOffset? EndedAt => HasEnded ? CompletedAt ?? FailedAt ?? CancelledAt ?? ExpiredAt : null;

    public static string NewId(DateTimeOffset now) => $"{Prefix}{Guid.CreateVersion7(now):N}";

    /// <summary>The id of one request of it.</summary>
    public string RequestIdOf(int line) => $"batch_req_{Id.AsSpan(Prefix.Length)}{line:x6}";
}
