using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>Reads tools as declarations: they are the caller's to run, and a client that runs functions by itself finds none to run.</summary>
internal sealed class ToolReader(JsonElement root, RequestNotes notes)
{
    public void ReadInto(ChatOptions options)
    {
        if (root.Find("tools") is { ValueKind: JsonValueKind.Array } tools)
        {
            var index = 0;
            options.Tools = [.. tools.EnumerateArray().Select(tool => ReadTool(tool, $"tools[{index++}]")).OfType<AITool>()];
        }

        options.ToolMode = ReadChoice();
        options.AllowMultipleToolCalls = root.Find("parallel_tool_calls") is { ValueKind: JsonValueKind.True or JsonValueKind.False } parallel ? parallel.GetBoolean() : null;
    }

    // {"type":"function","function":{"name":"add","description":"…","parameters":{…},"strict":true}}
    private AIFunctionDeclaration? ReadTool(JsonElement tool, string param)
    {
        if (tool.FindText("type") is not "function" || tool.Find("function") is not { } function || function.FindText("name") is not { Length: > 0 } name)
        {
            notes.Refuse($"'{param}' must be of type function, with a 'function' and its 'name'.", param);
            return null;
        }

        if (function.IsTrue("strict"))
        {
            notes.Ignore($"{param}.function.strict");
        }

        var schema = function.Find("parameters") is { ValueKind: JsonValueKind.Object } parameters ? parameters.Clone() : Json.EmptySchema;
        return AIFunctionFactory.CreateDeclaration(name, function.FindText("description"), schema);
    }

    private ChatToolMode? ReadChoice()
    {
        switch (root.Find("tool_choice"))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.String } word when word.GetString() is "auto" or "none" or "required":
                return word.GetString() switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, _ => ChatToolMode.RequireAny };
            case { ValueKind: JsonValueKind.Object } named when named.Find("function")?.FindText("name") is { Length: > 0 } name:
                return ChatToolMode.RequireSpecific(name);
            default:
                notes.Refuse("'tool_choice' must be auto, none, required, or a function with its name.", "tool_choice");
                return null;
        }
    }
}
