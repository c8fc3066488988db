using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Local.Model.Requests;

internal static partial class ToolReader
{
    public static IReadOnlyList<Tool> ReadTools(Fields fields) => [.. fields.Objects("tools").Select(ReadTool)];

    public static ToolChoice ReadChoice(Fields fields, IReadOnlyList<Tool> tools)
    {
        if (fields.Find("tool_choice") is not { } choice)
        {
            return ToolChoice.Auto;
        }

        var word = choice.ValueKind is JsonValueKind.String ? choice.GetString() : null;
        if (word == "none")
        {
            return new ToolChoice(ToolChoiceKind.None);
        }

        if (tools.Count == 0)
        {
            fields.Problem("tool_choice", "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.");
            return ToolChoice.Auto;
        }

        switch (word)
        {
            case "auto":
                return ToolChoice.Auto;
            case "required":
                return new ToolChoice(ToolChoiceKind.Required);
            case not null:
                fields.Problem("tool_choice", $"Invalid value: '{word}'. Supported values are: 'none', 'auto', and 'required'.");
                return ToolChoice.Auto;
        }

        // { "type": "function", "function": { "name": "…" } }
        if (fields.Object("tool_choice")?.Object("function") is not { } function)
        {
            fields.Problem("tool_choice.function", "Missing required parameter: 'tool_choice.function'.");
            return ToolChoice.Auto;
        }

        var name = function.RequiredText("name");
        if (!tools.Any(tool => tool.Name == name))
        {
            fields.Problem("tool_choice", $"Tool choice '{name}' not found in 'tools' parameter.");
        }

        return new ToolChoice(ToolChoiceKind.Named, name);
    }

    private static Tool ReadTool(Fields tool)
    {
        var type = tool.RequiredText("type");
        if (type != "function")
        {
            tool.Problem("type", $"Invalid value: '{type}'. Supported values are: 'function'.");
        }

        if (tool.Object("function") is not { } function)
        {
            tool.Problem("function", $"Missing required parameter: '{tool.PathOf("function")}'.");
            return new Tool("", "", new JsonObject(), "");
        }

        var name = function.RequiredText("name");
        if (!ToolName().IsMatch(name))
        {
            function.Problem("name", $"Invalid '{function.PathOf("name")}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]{{1,64}}$'.");
        }

        var schema = function.Object("parameters")?.Element is { } parameters ? JsonObject.Create(parameters.Clone())! : new JsonObject();
        function.Flag("strict");
        return new Tool(name, function.Text("description") ?? "", schema, tool.Element.GetRawText());
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
