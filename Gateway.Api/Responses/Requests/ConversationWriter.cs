using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Responses.Requests;

/// <summary>
/// Writes items as the messages of a chat. What an assistant reasoned, said and called are items of their own here and one message
/// there; the results of its calls follow it.
/// </summary>
internal sealed class ConversationWriter(Utf8JsonWriter json, ChatExtensions extensions, FieldFindings findings, Approvals approvals)
{
    private readonly ContentWriter _content = new(json, findings);
    private readonly List<JsonElement> _reasoning = [];
    private readonly List<JsonElement> _calls = [];
    private readonly List<(string Id, string Result)> _results = [];
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
            case ItemKinds.McpCall:
                AddMcpCall(item, param);
                break;
            case ItemKinds.McpApprovalRequest:
                approvals.Request(item);
                break;
            case ItemKinds.McpApprovalResponse:
                AddApproval(item, param);
                break;
            case ItemKinds.McpListTools:
                // The tools are offered anew.
                break;
            case var kind:
                findings.Refuse($"'{param}' is of type '{kind}', which this gateway does not take; it takes message, function_call, function_call_output, reasoning, mcp_list_tools, mcp_call, mcp_approval_request, mcp_approval_response and item_reference.", $"{param}.type", "unsupported_item");
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
        _results.ForEach(WriteResult);
        _said = null;
        _reasoning.Clear();
        _calls.Clear();
        _results.Clear();
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
                if (_said is not null || _results.Count > 0)
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

        if (_results.Count > 0 || (_said is not null && _calls.Count == 0))
        {
            Flush();
        }

        _reasoning.Add(item);
    }

    // {"type":"mcp_call","id":"mcp_1","server_label":"products","name":"search_catalog","arguments":"{}","output":"…","error":null}
    private void AddMcpCall(JsonElement item, string param)
    {
        if (CheckMcp(item, param))
        {
            _calls.Add(item);
            _results.Add((item.FindText("id")!, item.FindText("output") ?? item.FindText("error") ?? ""));
        }
    }

    // {"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}
    private void AddApproval(JsonElement item, string param)
    {
        var id = item.FindText("approval_request_id");
        if (id is null || approvals.Find(id) is not { } asked)
        {
            findings.Refuse($"'{param}.approval_request_id' is '{id}', and there is no mcp_approval_request of this id before it.", $"{param}.approval_request_id", "invalid_value");
        }
        else if (CheckMcp(asked, param))
        {
            var result = !item.IsTrue("approve") ? Approvals.Declined(item.FindText("reason"))
                : param.StartsWith("input", StringComparison.Ordinal) && !approvals.IsMade(id) ? approvals.Approve(asked)
                : null;

            // What was allowed before has been called before.
            if (result is not null)
            {
                _calls.Add(asked);
                _results.Add((id, result));
            }
        }
    }

    private bool CheckMcp(JsonElement item, string param)
    {
        var missing = Array.Find(["id", "server_label", "name", "arguments"], name => item.FindText(name) is null);
        if (missing is not null)
        {
            findings.Refuse(Refusal.MissingParameter($"{param}.{missing}"));
        }

        return missing is null;
    }

    private void WriteResult((string Id, string Result) result)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.Id);
        json.WriteString("content", result.Result);
        json.WriteEndObject();
    }

    private void WriteCall(JsonElement item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.FindText("call_id") ?? item.FindText("id"));
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", item.FindText("server_label") is { } label ? FunctionNames.Of(label, item.FindText("name")!) : item.FindText("name"));
        json.WriteString("arguments", item.FindText("arguments"));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
