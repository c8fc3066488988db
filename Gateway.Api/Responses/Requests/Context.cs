using System.Text.Json;

namespace Gateway.Api.Responses.Requests;

/// <summary>What a request goes on from: the conversation of the response before, and the stored items that it refers to.</summary>
internal sealed class Context
{
    private readonly Dictionary<string, JsonElement> _referred = [];

    /// <summary>The items of the conversation before, its last output included.</summary>
    public IReadOnlyList<JsonElement> Before { get; init; } = [];

    /// <summary>Makes an item known that the input refers to.</summary>
    public void Add(string id, JsonElement item) => _referred[id] = item;

    /// <summary>The item that a reference leads to; any other item is itself.</summary>
    public JsonElement Resolve(JsonElement item) =>
        ItemKinds.Of(item) == ItemKinds.Reference && item.FindText("id") is { } id && _referred.TryGetValue(id, out var referred) ? referred : item;
}
