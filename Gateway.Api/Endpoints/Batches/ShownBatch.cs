using System.Text.Json.Serialization;
using Gateway.Api.Batches;
using Gateway.Api.Batches.Storage;

namespace Gateway.Api.Endpoints.Batches;

/// <summary>https://platform.openai.com/docs/api-reference/batch/object</summary>
internal sealed record ShownBatch(
    string Id, string Endpoint, ShownErrors? Errors, string InputFileId, string CompletionWindow, BatchStatus Status, string? OutputFileId, string? ErrorFileId,
    long CreatedAt, long? InProgressAt, long? ExpiresAt, long? FinalizingAt, long? CompletedAt, long? FailedAt, long? ExpiredAt, long? CancellingAt, long? CancelledAt,
    RequestCounts RequestCounts, IReadOnlyDictionary<string, string>? Metadata) : IListed
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "batch";

    /// <summary>Whose it is; for the administrator alone, who sees all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tenant { get; init; }

    /// <summary>The id of the key that made it; for the administrator alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The part of its requests that has an answer or an error, 0 to 1; for the administrator alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Progress { get; init; }

    public static ShownBatch ForAdministrator(StoredBatch batch) => Of(batch) with
    {
        Tenant = batch.Tenant,
        Key = batch.Key,
        Progress = batch.Total == 0 ? 0 : (double)(batch.Completed + batch.Failed) / batch.Total,
    };

    public static ShownBatch Of(StoredBatch batch) => new(
        batch.Id, batch.Endpoint, batch.Errors.Count == 0 ? null : new ShownErrors(batch.Errors), batch.InputFileId, BatchWindow.Name, batch.Status,
        batch.HasEnded ? batch.OutputFileId : null, batch.HasEnded ? batch.ErrorFileId : null,
        batch.CreatedAt.ToUnixTimeSeconds(), Seconds(batch.InProgressAt), Seconds(batch.ExpiresAt), Seconds(batch.FinalizingAt), Seconds(batch.CompletedAt),
        batch.Status == BatchStatus.Failed ? Seconds(batch.FailedAt) : null, batch.Status == BatchStatus.Expired ? Seconds(batch.ExpiredAt) : null,
        Seconds(batch.CancellingAt), Seconds(batch.CancelledAt),
        new RequestCounts(batch.Total, batch.Completed, batch.Failed), batch.Metadata);

    private static long? Seconds(DateTimeOffset? moment) => moment?.ToUnixTimeSeconds();
}
