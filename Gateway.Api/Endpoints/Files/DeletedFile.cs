using System.Text.Json.Serialization;

namespace Gateway.Api.Endpoints.Files;

internal sealed record DeletedFile(string Id)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "file";

    public bool Deleted { get; } = true;
}
