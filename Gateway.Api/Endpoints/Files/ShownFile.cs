using System.Text.Json.Serialization;
using Gateway.Api.Files;

namespace Gateway.Api.Endpoints.Files;

/// <summary>https://platform.openai.com/docs/api-reference/files/object</summary>
internal sealed record ShownFile(string Id, long Bytes, long CreatedAt, string Filename, string Purpose) : IListed
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "file";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpiresAt { get; init; }

    /// <summary>There is nothing to be done to a file before it can be used.</summary>
    public string Status { get; } = "processed";

    public static ShownFile Of(StoredFile file) =>
        new(file.Id, file.Bytes, file.CreatedAt.ToUnixTimeSeconds(), file.Name, file.Purpose) { ExpiresAt = file.ExpiresAt?.ToUnixTimeSeconds() };
}
