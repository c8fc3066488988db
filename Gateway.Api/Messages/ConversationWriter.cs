using System.Runtime.InteropServices;
using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Messages;

/// <summary>
/// Writes the messages of a conversation. A user's <c>tool_result</c> blocks become messages of role tool before the rest of what the user
/// says; an assistant's <c>tool_use</c> blocks become its tool calls.
/// </summary>
internal sealed class ConversationWriter(ChatDraft draft, ContentWriter content)
{
    private const string Unsigned = "thinking without a signature was ignored";

    private readonly Utf8JsonWriter _json = draft.Json;

    public void Write(JsonElement messages)
    {
        var index = 0;
        var isAssistants = false;
        foreach (var message in messages.EnumerateArray())
        {
            var param = $"messages[{index++}]";
            if (message.ValueKind != JsonValueKind.Object)
            {
                draft.Refuse($"'{param}' must be an object.", param);
                return;
            }

            draft.Expect(message, param, ["role", "content"]);
            var role = message.FindText("role");
            isAssistants = role == "assistant";
            if (role is not ("user" or "assistant" or "system"))
            {
                draft.Refuse($"'{param}.role' must be user, assistant or system.", $"{param}.role");
            }
            else if (message.Find("content") is not { } value)
            {
                draft.Refuse(Refusal.MissingParameter($"{param}.content"));
            }
            else if (role == "system")
            {
                content.WriteMessage("system", value, $"{param}.content", ContentKinds.Text);
            }
            else
            {
                Write(isAssistants, value, $"{param}.content");
            }
        }

        if (isAssistants)
        {
            draft.WarnOfOpenAI("the last message is the assistant's: the answer may begin anew in place of going on from it");
        }
    }

    private void Write(bool isAssistant, JsonElement value, string param)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            content.WriteMessage(isAssistant ? "assistant" : "user", value, param, ContentKinds.All);
        }
        else if (isAssistant)
        {
            WriteAssistant(value, param);
        }
        else
        {
            WriteUser(value, param);
        }
    }

    private void WriteUser(JsonElement blocks, string param)
    {
        var said = new List<(JsonElement, string)>();
        var index = 0;
        foreach (var block in blocks.EnumerateArray())
        {
            var at = $"{param}[{index++}]";
            if (block.FindText("type") == "tool_result")
            {
                WriteToolResult(block, at);
            }
            else
            {
                said.Add((block, at));
            }
        }

        if (said.Count > 0 || index == 0)
        {
            _json.WriteStartObject();
            _json.WriteString("role", "user");
            content.WriteContent(said, ContentKinds.All);
            _json.WriteEndObject();
        }
    }

    // {"type":"tool_result","tool_use_id":"toolu_1","content":"4" or [blocks],"is_error":false}
    private void WriteToolResult(JsonElement block, string param)
    {
        draft.Expect(block, param, ["type", "tool_use_id", "content", "is_error", "cache_control"]);
        if (block.Find("tool_use_id") is not { ValueKind: JsonValueKind.String } id)
        {
            draft.Refuse(Refusal.MissingParameter($"{param}.tool_use_id"));
            return;
        }

        _json.WriteStartObject();
        _json.WriteString("role", "tool");
        _json.WriteRaw("tool_call_id", id);
        if (block.Find("content") is { } result && !(result.ValueKind == JsonValueKind.Array && result.GetArrayLength() == 0))
        {
            content.WriteContent(result, $"{param}.content", ContentKinds.All);
        }
        else
        {
            _json.WriteString("content", "");
        }

        if (block.IsTrue("is_error"))
        {
            draft.Extend("is_error", block.GetProperty("is_error"), "is_error of a tool_result was ignored");
        }

        // A result of one block may have said it already.
        if (block.Find("cache_control") is not null && !IsCachedText(block))
        {
            draft.ExtendByCacheControl(block);
        }

        _json.WriteEndObject();
    }

    private static bool IsCachedText(JsonElement block) =>
        block.Find("content") is { ValueKind: JsonValueKind.Array } parts && parts.GetArrayLength() == 1 && parts[0].Find("cache_control") is not null;

    private void WriteAssistant(JsonElement blocks, string param)
    {
        var said = new List<(JsonElement, string)>();
        var calls = new List<JsonElement>();
        var thoughts = new List<JsonElement>();
        var index = 0;
        foreach (var block in blocks.EnumerateArray())
        {
            var at = $"{param}[{index++}]";
            switch (block.FindText("type"))
            {
                case "tool_use":
                    AddCall(calls, block, at);
                    break;
                case "thinking":
                    AddThought(thoughts, block, at);
                    break;
                case "redacted_thinking":
                    draft.Expect(block, at, ["type", "data"]);
                    thoughts.Add(block);
                    break;
                default:
                    said.Add((block, at));
                    break;
            }
        }

        _json.WriteStartObject();
        _json.WriteString("role", "assistant");
        WriteSaid(said, calls);
        WriteCalls(calls);
        if (thoughts.Count > 0)
        {
            draft.Extend("thinking_blocks", thoughts, "thinking of earlier turns was ignored");
        }

        _json.WriteEndObject();
    }

    private void WriteSaid(List<(JsonElement, string)> said, List<JsonElement> calls)
    {
        if (said.Count > 0)
        {
            content.WriteContent(said, ContentKinds.Text);
        }
        else if (calls.Count > 0)
        {
            _json.WriteNull("content");
        }
        else
        {
            _json.WriteString("content", "");
        }
    }

    // {"type":"tool_use","id":"toolu_1","name":"add","input":{"a":2}}
    private void AddCall(List<JsonElement> calls, JsonElement block, string param)
    {
        draft.Expect(block, param, ["type", "id", "name", "input"], ["cache_control", "caller"]);
        if (block.Find("id") is not { ValueKind: JsonValueKind.String } || block.Find("name") is not { ValueKind: JsonValueKind.String } || block.Find("input") is not { ValueKind: JsonValueKind.Object })
        {
            draft.Refuse($"'{param}' needs an 'id', a 'name' and an 'input' that is an object.", param);
            return;
        }

        calls.Add(block);
    }

    private void AddThought(List<JsonElement> thoughts, JsonElement block, string param)
    {
        draft.Expect(block, param, ["type", "thinking", "signature"]);
        if (string.IsNullOrEmpty(block.FindText("signature")))
        {
            draft.Warn(Unsigned);
        }
        else
        {
            thoughts.Add(block);
        }
    }

    private void WriteCalls(List<JsonElement> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            _json.WriteStartObject();
            _json.WriteRaw("id", call.GetProperty("id"));
            _json.WriteString("type", "function");
            _json.WriteStartObject("function");
            _json.WriteRaw("name", call.GetProperty("name"));
            _json.WriteString("arguments", JsonMarshal.GetRawUtf8Value(call.GetProperty("input")));
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
