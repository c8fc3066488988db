using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Responses.Requests;

/// <summary>
/// Functions and the choice among them: <c>{"type":"function","name","parameters"}</c> becomes
/// <c>{"type":"function","function":{"name","parameters"}}</c>. MCP servers stay as they are, for the gateway itself. Tools that OpenAI runs are refused by name.
/// </summary>
internal sealed class ToolWriter(FieldFindings findings)
{
    private readonly List<(string Name, JsonElement Tool)> _functions = [];
    private Action<Utf8JsonWriter>? _writeChoice;
    private JsonElement? _parallel;

    public void Read(JsonElement root)
    {
        _parallel = root.Find("parallel_tool_calls");
        if (root.Find("tools") is { } tools && findings.IsList(tools, "tools"))
        {
            var index = 0;
            foreach (var tool in tools.EnumerateArray())
            {
                ReadTool(tool, $"tools[{index++}]");
            }
        }

        if (root.Find("tool_choice") is { } choice)
        {
            ReadChoice(choice);
        }
    }

    /// <summary>Writes <c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c>, which a chat request takes only where there are tools.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (_functions.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tools");
        foreach (var (_, tool) in _functions)
        {
            if (McpToolEntry.IsOne(tool))
            {
                json.WriteRaw(tool);
                continue;
            }

            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            foreach (var name in (ReadOnlySpan<string>)["name", "description", "parameters", "strict"])
            {
                if (tool.Find(name) is { } value)
                {
                    json.WriteRaw(name, value);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        _writeChoice?.Invoke(json);
        if (_parallel is { } parallel)
        {
            json.WriteRaw("parallel_tool_calls", parallel);
        }
    }

    private void ReadTool(JsonElement tool, string param)
    {
        if (!findings.IsObject(tool, param))
        {
            return;
        }

        switch (tool.FindText("type"))
        {
            case "function" when tool.FindText("name") is { } name:
                CheckFunction(tool, param);
                _functions.Add((name, tool));
                break;
            case "function":
                findings.Refuse(Refusal.MissingParameter($"{param}.name"));
                break;
            case "mcp":
                _functions.Add(("", tool));
                break;
            case null:
                findings.Refuse(Refusal.MissingParameter($"{param}.type"));
                break;
            case var type:
                findings.Refuse($"The tool '{type}' is not supported by this gateway; tools of type 'function' and 'mcp' are.", $"{param}.type", "unsupported_tool");
                break;
        }
    }

    private void CheckFunction(JsonElement tool, string param)
    {
        foreach (var field in tool.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            var at = $"{param}.{field.Name}";
            switch (field.Name)
            {
                case "type" or "name":
                    break;
                case "description":
                    findings.IsText(field.Value, at);
                    break;
                case "parameters":
                    findings.IsObject(field.Value, at);
                    break;
                case "strict":
                    findings.IsFlag(field.Value, at);
                    break;
                default:
                    findings.RefuseUnknown(at);
                    break;
            }
        }
    }

    private void ReadChoice(JsonElement choice)
    {
        if (choice.ValueKind == JsonValueKind.String)
        {
            findings.CheckOneOf(choice, "tool_choice", "none", "auto", "required");
            SetMode(choice.GetString()!);
            return;
        }

        if (!findings.IsObject(choice, "tool_choice"))
        {
            return;
        }

        switch (choice.FindText("type"))
        {
            case "function":
                SetFunction(choice);
                break;
            case "allowed_tools":
                SetAllowed(choice);
                break;
            case "mcp":
                _writeChoice = json => json.WriteRaw("tool_choice", choice);
                break;
            case var type:
                findings.Refuse($"'tool_choice' of type '{type}' is not supported by this gateway; 'function', 'mcp' and 'allowed_tools' are.", "tool_choice.type", "unsupported_tool");
                break;
        }
    }

    private void SetMode(string mode)
    {
        if (mode == "required" && _functions.Count == 0)
        {
            findings.Refuse("'tool_choice' is 'required', and the request has no tools.", "tool_choice");
        }

        _writeChoice = json => json.WriteString("tool_choice", mode);
    }

    private void SetFunction(JsonElement choice)
    {
        if (!IsGiven(choice.FindText("name")))
        {
            findings.Refuse($"'tool_choice' names '{choice.FindText("name")}', which is not among the tools.", "tool_choice.name");
            return;
        }

        _writeChoice = json =>
        {
            json.WriteStartObject("tool_choice");
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteRaw("name", choice.GetProperty("name"));
            json.WriteEndObject();
            json.WriteEndObject();
        };
    }

    // {"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]}: a model that is given no other tool calls no other.
    private void SetAllowed(JsonElement choice)
    {
        if (choice.Find("tools") is not { ValueKind: JsonValueKind.Array } tools)
        {
            findings.Refuse(Refusal.MissingParameter("tool_choice.tools"));
            return;
        }

        var names = tools.EnumerateArray().Select(tool => tool.FindText("name")).ToList();
        if (names.FindIndex(name => !IsGiven(name)) is >= 0 and var stranger)
        {
            findings.Refuse($"'tool_choice.tools' names '{names[stranger]}', which is not among the tools.", "tool_choice.tools");
        }

        _functions.RemoveAll(function => !names.Contains(function.Name));
        var mode = choice.FindText("mode") ?? "auto";
        if (mode is not ("auto" or "required"))
        {
            findings.Refuse($"Invalid value: '{mode}'. Supported values are: 'auto', 'required'.", "tool_choice.mode", "invalid_value");
        }

        SetMode(mode);
    }

    private bool IsGiven(string? name) => _functions.Exists(function => function.Name == name);
}
