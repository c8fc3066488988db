using System.Text.Json.Serialization;

namespace Gateway.Api.Endpoints;

/// <summary>A page of a list, in OpenAI's form: the next one is asked for with <c>after</c> = <see cref="LastId"/>.</summary>
internal sealed record Page<TItem>(IReadOnlyList<TItem> Data, bool HasMore)
    where TItem : IListed
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";

    public string? FirstId => Data.Count == 0 ? null : Data[0].Id;

    public string? LastId => Data.Count == 0 ? null : Data[^1].Id;

    /// <summary>How many there are on all pages; only where the list is one that is searched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Total { get; init; }
}
