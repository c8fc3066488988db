using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Models;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>Which tools a model is given and which of them it must call: read from tools, tool_choice, response_format and the history.</summary>
internal sealed class ToolPlan
{
    private enum Choice
    {
        Unset,
        Auto,
        Any,
        Named,
        None,
    }

    private readonly Translation _translation;
    private readonly List<JsonElement> _functions = [];
    private IReadOnlyCollection<string> _fromHistory = [];
    private StructuredOutput? _answer;
    private Choice _choice;
    private string? _named;

    private ToolPlan(Translation translation) => _translation = translation;

    /// <summary>Whether Anthropic is to be told to make one call at a time; it takes the place of the choice.</summary>
    public bool IsOneCallAtATime { get; private set; }

    public static ToolPlan Read(JsonElement root, Conversation conversation, StructuredOutput? structured, Reasoning reasoning, Translation translation)
    {
        var plan = new ToolPlan(translation);
        plan.ReadTools(root);
        plan.ReadChoice(root);
        plan.Fit(conversation, structured, reasoning);
        translation.TakesOneToolCall = root.Find("parallel_tool_calls") is { ValueKind: JsonValueKind.False };
        plan.IsOneCallAtATime = translation is { TakesOneToolCall: true, DropsToolCalls: false, Quirks.HasParallelToolSwitch: true } && plan._choice is Choice.Unset or Choice.Auto;
        return plan;
    }

    /// <summary><c>"toolConfig":{"tools":[{"toolSpec":{…}}],"toolChoice":{…}}</c>, or nothing: an empty list is refused.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (_functions.Count == 0 && _fromHistory.Count == 0 && _answer is null)
        {
            return;
        }

        _translation.HasTools = true;
        json.WriteStartObject("toolConfig");
        json.WriteStartArray("tools");
        foreach (var tool in _functions)
        {
            WriteTool(json, tool);
        }

        foreach (var name in _fromHistory)
        {
            WriteSpec(json, name, description: null, Json.EmptySchema, strict: false);
        }

        if (_answer is not null)
        {
            WriteSpec(json, _answer.Name, _answer.Description ?? "Gives the answer in the form that was asked for.", _answer.Schema, strict: false);
        }

        json.WriteEndArray();
        WriteChoice(json);
        json.WriteEndObject();
    }

    private void ReadTools(JsonElement root)
    {
        if (root.Find("tools") is not { ValueKind: JsonValueKind.Array } tools)
        {
            return;
        }

        var index = 0;
        foreach (var tool in tools.EnumerateArray())
        {
            if (tool.Find("function")?.FindText("name") is null)
            {
                _translation.Refuse($"'tools[{index}]' is no function with a name; {_translation.Model} takes no other tools.", $"tools[{index}]");
            }
            else
            {
                _functions.Add(tool);
            }

            index++;
        }
    }

    private void ReadChoice(JsonElement root)
    {
        switch (root.Find("tool_choice"))
        {
            case null:
                break;
            case { ValueKind: JsonValueKind.String } word:
                ReadChoice(word.GetString()!);
                break;
            case { ValueKind: JsonValueKind.Object } named when named.Find("function")?.FindText("name") is { } name:
                (_choice, _named) = (Choice.Named, name);
                if (!_functions.Any(tool => tool.GetProperty("function").FindText("name") == name))
                {
                    _translation.Refuse($"'tool_choice' names '{name}', which is not among the tools.", "tool_choice");
                }

                break;
            case { }:
                _translation.Refuse("'tool_choice' must be auto, none, required or a function by its name.", "tool_choice");
                break;
        }
    }

    private void ReadChoice(string word)
    {
        _choice = word switch { "auto" => Choice.Auto, "required" => Choice.Any, "none" => Choice.None, _ => Choice.Unset };
        if (_choice == Choice.Unset)
        {
            _translation.Refuse($"'tool_choice' is '{word}'; it must be auto, none, required or a function by its name.", "tool_choice");
        }
        else if (_choice == Choice.Any && _functions.Count == 0)
        {
            _translation.Refuse("'tool_choice' is 'required', and there are no tools to choose from.", "tool_choice");
        }
    }

    // 1 Nothing may be called: no tools, unless the history would be refused without.
    // 2 The answer itself is a tool's input where the model has no structured output.
    // 3 A model that thinks, or cannot be forced, is left its choice.
    private void Fit(Conversation conversation, StructuredOutput? structured, Reasoning reasoning)
    {
        if (_choice == Choice.None || _functions.Count == 0)
        {
            _translation.DropsToolCalls = true;
            _fromHistory = _functions.Count == 0 ? conversation.CalledTools : [];
            if (conversation.CalledTools.Count == 0)
            {
                _functions.Clear();
            }
        }

        if (structured is not null && !_translation.Quirks.HasStructuredOutput)
        {
            _answer = structured;
            _translation.AnswerTool = _translation.Tools.Sent(structured.Name);
            (_choice, _named) = _translation.DropsToolCalls ? (Choice.Named, structured.Name) : (Choice.Any, null);
        }
        else if (_translation.DropsToolCalls)
        {
            _choice = Choice.Unset;
        }

        if (_choice is not (Choice.Any or Choice.Named))
        {
            return;
        }

        var forced = _translation.Quirks.ForcedTools;
        if (reasoning.IsClaude)
        {
            _choice = Choice.Auto;
            WarnOfFreeChoice("it takes no forced tool while it reasons");
        }
        else if (forced == ForcedTools.Any && _choice == Choice.Named && _functions.Count + _fromHistory.Count + (_answer is null ? 0 : 1) == 1)
        {
            _choice = Choice.Any;
        }
        else if (forced == ForcedTools.None || (forced == ForcedTools.Any && _choice == Choice.Named))
        {
            _choice = Choice.Unset;
            WarnOfFreeChoice("it takes no forced tool");
        }
    }

    private void WarnOfFreeChoice(string why) =>
        _translation.Warn($"{(_answer is null ? "tool_choice" : "response_format")} is left to {_translation.Model} to follow: {why}");

    private void WriteTool(Utf8JsonWriter json, JsonElement tool)
    {
        var function = tool.GetProperty("function");
        var parameters = function.Find("parameters") is { ValueKind: JsonValueKind.Object } given && given.GetPropertyCount() > 0 ? given : Json.EmptySchema;
        WriteSpec(json, function.FindText("name")!, function.FindText("description"), parameters, _translation.Quirks.HasStructuredOutput && function.IsTrue("strict"));
        if ((tool.Find("cache_control") ?? function.Find("cache_control")) is { } control && _translation.TakeCachePoint())
        {
            BlockWriter.WriteCachePoint(json, control);
        }
    }

    private void WriteSpec(Utf8JsonWriter json, string name, string? description, JsonElement schema, bool strict)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolSpec");
        json.WriteString("name", _translation.Tools.Sent(name));
        if (!string.IsNullOrWhiteSpace(description))
        {
            json.WriteString("description", description);
        }

        json.WriteStartObject("inputSchema");
        json.WriteRaw("json", schema);
        json.WriteEndObject();
        if (strict)
        {
            json.WriteBoolean("strict", true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteChoice(Utf8JsonWriter json)
    {
        if (_choice is Choice.Unset or Choice.None || IsOneCallAtATime || (_choice == Choice.Auto && _translation.Quirks.ForcedTools == ForcedTools.None))
        {
            return;
        }

        json.WriteStartObject("toolChoice");
        json.WriteStartObject(_choice switch { Choice.Any => "any", Choice.Named => "tool", _ => "auto" });
        if (_choice == Choice.Named)
        {
            json.WriteString("name", _translation.Tools.Sent(_named!));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
