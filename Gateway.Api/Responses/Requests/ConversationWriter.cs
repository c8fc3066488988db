using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Responses.Requests;

/// <summary>
/// Writes items as the messages of a chat. What an assistant reasoned, said and called are items of their own here and one message
/// there; the results of its calls follow it.
/// </summary>
internal sealed class ConversationWriter(Utf8JsonWriter json, ChatExtensions extensions, FieldFindings findings)
{
    private readonly ContentWriter _content = new(json, findings);
    private readonly List<JsonElement> _reasoning = [];
    private readonly List<JsonElement> _calls = [];
    private (JsonElement Content, string Param)? _said;

    /// <summary>How many items were written.</summary>
    public int Count { get; private set; }

    public void Add(JsonElement item, string param)
    {
        Count++;
        switch (ItemKinds.Of(item))
        {
            case ItemKinds.Message:
                AddMessage(item, param);
                break;
            case ItemKinds.FunctionCall:
                AddCall(item, param);
                break;
            case ItemKinds.FunctionCallOutput:
                AddOutput(item, param);
                break;
            case ItemKinds.Reasoning:
                AddReasoning(item, param);
                break;
            case var kind:
                findings.Refuse($"'{param}' is of type '{kind}', which this gateway does not take; it takes message, function_call, function_call_output, reasoning and item_reference.", $"{param}.type", "unsupported_item");
                break;
        }
    }

    /// <summary>Writes a text as a message of its own.</summary>
    public void AddText(string role, JsonElement text)
    {
        Flush();
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteRaw("content", text);
        json.WriteEndObject();
    }

    /// <summary>Writes what is left of the assistant's last turn.</summary>
    public void Flush()
    {
        if (_said is null && _calls.Count == 0)
        {
            // Reasoning that led to nothing says nothing to a model.
            _reasoning.Clear();
            return;
        }

        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (_said is { } said)
        {
            _content.Write(said.Content, said.Param);
        }
        else
        {
            json.WriteNull("content");
        }

        ReasoningItem.WriteToChat(json, _reasoning, extensions);
        if (_calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            _calls.ForEach(WriteCall);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        _said = null;
        _reasoning.Clear();
        _calls.Clear();
    }

    private void AddMessage(JsonElement item, string param)
    {
        var content = item.Find("content");
        if (content is null)
        {
            findings.Refuse(Refusal.MissingParameter($"{param}.content"));
            return;
        }

        switch (item.FindText("role"))
        {
            case "assistant":
                if (_said is not null)
                {
                    Flush();
                }

                _said = (content.Value, $"{param}.content");
                break;
            case "user" or "system" or "developer":
                Flush();
                json.WriteStartObject();
                json.WriteRaw("role", item.GetProperty("role"));
                _content.Write(content.Value, $"{param}.content");
                json.WriteEndObject();
                break;
            case null:
                findings.Refuse(Refusal.MissingParameter($"{param}.role"));
                break;
            case var role:
                findings.Refuse($"Invalid value: '{role}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.", $"{param}.role", "invalid_value");
                break;
        }
    }

    private void AddCall(JsonElement item, string param)
    {
        foreach (var name in (ReadOnlySpan<string>)["call_id", "name", "arguments"])
        {
            if (item.FindText(name) is null)
            {
                findings.Refuse(Refusal.MissingParameter($"{param}.{name}"));
            }
        }

        _calls.Add(item);
    }

    // {"type":"function_call_output","call_id":"call_1","output":"sunny"}
    private void AddOutput(JsonElement item, string param)
    {
        Flush();
        if (item.FindText("call_id") is null)
        {
            findings.Refuse(Refusal.MissingParameter($"{param}.call_id"));
            return;
        }

        if (item.Find("output") is not { } output)
        {
            findings.Refuse(Refusal.MissingParameter($"{param}.output"));
            return;
        }

        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteRaw("tool_call_id", item.GetProperty("call_id"));
        _content.Write(output, $"{param}.output");
        json.WriteEndObject();
    }

    // What was said before it belongs to an earlier step of the same turn.
    private void AddReasoning(JsonElement item, string param)
    {
        if (!ReasoningItem.IsSealed(item) && param.StartsWith("input", StringComparison.Ordinal))
        {
            findings.Warn("reasoning without encrypted_content of this gateway was ignored");
        }

        if (_said is not null && _calls.Count == 0)
        {
            Flush();
        }

        _reasoning.Add(item);
    }

    private void WriteCall(JsonElement item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.FindText("call_id"));
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", item.FindText("name"));
        json.WriteString("arguments", item.FindText("arguments"));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
