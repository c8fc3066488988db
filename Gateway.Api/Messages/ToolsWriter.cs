using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Messages;

/// <summary>Writes the tools that a model is given and how it is to choose among them.</summary>
internal sealed class ToolsWriter(JsonElement root, ChatDraft draft)
{
    private readonly Utf8JsonWriter _json = draft.Json;

    public void Write()
    {
        var tools = root.Find("tools");
        if (tools is { ValueKind: not JsonValueKind.Array })
        {
            draft.Refuse("'tools' must be a list.", "tools");
            return;
        }

        var hasTools = tools is { } list && list.GetArrayLength() > 0;
        if (hasTools)
        {
            WriteTools(tools!.Value);
        }

        if (root.Find("tool_choice") is not { } choice)
        {
            return;
        }

        if (choice.ValueKind != JsonValueKind.Object)
        {
            draft.Refuse("'tool_choice' must be an object.", "tool_choice");
        }
        else if (hasTools)
        {
            WriteChoice(choice);
        }
        else if (choice.FindText("type") is not ("auto" or "none"))
        {
            draft.Refuse("'tool_choice' asks for a tool, and there are no 'tools'.", "tool_choice");
        }
    }

    private void WriteTools(JsonElement tools)
    {
        _json.WriteStartArray("tools");
        var index = 0;
        foreach (var tool in tools.EnumerateArray())
        {
            WriteTool(tool, $"tools[{index++}]");
        }

        _json.WriteEndArray();
    }

    // {"name":"add","description":"…","input_schema":{…},"cache_control":{…}}
    private void WriteTool(JsonElement tool, string param)
    {
        if (tool.ValueKind != JsonValueKind.Object)
        {
            draft.Refuse($"'{param}' must be an object.", param);
            return;
        }

        if (tool.FindText("type") is { } type and not "custom")
        {
            draft.Refuse($"'{param}' is of type '{type}', a tool that Anthropic runs or defines; this gateway takes tools with a name and an input_schema.", $"{param}.type");
            return;
        }

        draft.Expect(tool, param, ["type", "name", "description", "input_schema", "cache_control", "strict"], ["input_examples", "defer_loading", "eager_input_streaming"]);
        if (tool.Find("name") is not { ValueKind: JsonValueKind.String } name)
        {
            draft.Refuse(Refusal.MissingParameter($"{param}.name"));
            return;
        }

        if (tool.Find("input_schema") is not { ValueKind: JsonValueKind.Object } schema)
        {
            draft.Refuse(Refusal.MissingParameter($"{param}.input_schema"));
            return;
        }

        _json.WriteStartObject();
        _json.WriteString("type", "function");
        _json.WriteStartObject("function");
        _json.WriteRaw("name", name);
        if (tool.Find("description") is { } description)
        {
            _json.WriteRaw("description", description);
        }

        _json.WriteRaw("parameters", schema);
        if (tool.Find("strict") is { } strict)
        {
            _json.WriteRaw("strict", strict);
        }

        _json.WriteEndObject();
        draft.ExtendByCacheControl(tool);
        _json.WriteEndObject();
    }

    private void WriteChoice(JsonElement choice)
    {
        draft.Expect(choice, "tool_choice", ["type", "name", "disable_parallel_tool_use"]);
        switch (choice.FindText("type"))
        {
            case "auto":
                _json.WriteString("tool_choice", "auto");
                break;
            case "any":
                _json.WriteString("tool_choice", "required");
                break;
            case "none":
                _json.WriteString("tool_choice", "none");
                break;
            case "tool" when choice.Find("name") is { ValueKind: JsonValueKind.String } name:
                _json.WriteStartObject("tool_choice");
                _json.WriteString("type", "function");
                _json.WriteStartObject("function");
                _json.WriteRaw("name", name);
                _json.WriteEndObject();
                _json.WriteEndObject();
                break;
            default:
                draft.Refuse("'tool_choice.type' must be auto, any, none, or tool with a name.", "tool_choice.type");
                break;
        }

        if (choice.IsTrue("disable_parallel_tool_use"))
        {
            _json.WriteBoolean("parallel_tool_calls", false);
        }
    }
}
