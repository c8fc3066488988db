using System.Text.Json.Nodes;

namespace Gateway.Tests.Products;

/// <summary>What a tool has answered: the same as data and as text.</summary>
internal sealed record ToolReply(JsonNode Data, string Text, bool IsError)
{
    public IEnumerable<string> Ids => Data["products"]!.AsArray().Select(product => product!["id"]!.GetValue<string>());

    public string? Cursor => Data["pagination"]!["cursor"]?.GetValue<string>();

    public IEnumerable<string> Codes => Data["messages"]!.AsArray().Select(message => message!["code"]!.GetValue<string>());

    public JsonNode Message(string code) => Data["messages"]!.AsArray().Single(message => message!["code"]!.GetValue<string>() == code)!;

    public IEnumerable<string> ValidValues(string code) => Message(code)["valid_values"]?.AsArray().Select(value => value!.GetValue<string>()) ?? [];
}
