using System.Text.Json.Serialization;
using Gateway.Api.Batches.Storage;

namespace Gateway.Api.Endpoints.Batches;

/// <summary>What is wrong with the input of a batch.</summary>
internal sealed record ShownErrors(IReadOnlyList<BatchError> Data)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}
