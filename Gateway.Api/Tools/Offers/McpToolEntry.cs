using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Tools.Offers;

/// <summary>
/// An entry of a request's <c>tools</c>: <c>{"type":"mcp","server_label":"products","server_url":"gateway/mcp/products","allowed_tools":["search_catalog"],"require_approval":"never"}</c>
/// (https://platform.openai.com/docs/guides/tools-connectors-mcp).
/// </summary>
internal sealed class McpToolEntry
{
    private const int LongestLabel = 32;

    private McpToolEntry(string label, string? url, string param) => (Label, Url, Param) = (label, url, param);

    public string Label { get; }

    /// <summary>What it says of the server's address; null where the label alone names it.</summary>
    public string? Url { get; }

    /// <summary>Where it stands, such as <c>tools[0]</c>.</summary>
    public string Param { get; }

    /// <summary>The tools that it wants; null for all.</summary>
    public IReadOnlyList<string>? AllowedTools { get; private set; }

    /// <summary>Whether of all tools only those are wanted that read.</summary>
    public bool OnlyReadOnly { get; private set; }

    public ApprovalRule Approval { get; private set; } = ApprovalRule.Always;

    public static bool IsOne(JsonElement tool) => tool.FindText("type") == "mcp";

    public static Refusal? Read(JsonElement tool, string param, out McpToolEntry? entry)
    {
        entry = null;
        if (tool.FindText("server_label") is not { Length: > 0 } label)
        {
            return Refusal.MissingParameter($"{param}.server_label");
        }

        if (label.Length > LongestLabel || label.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')))
        {
            return Refusal.InvalidRequest($"'{param}.server_label' must be 1 to {LongestLabel} letters, digits, '-' and '_'; it becomes a part of the names of tools.", $"{param}.server_label", "invalid_value");
        }

        var read = new McpToolEntry(label, tool.FindText("server_url"), param);
        var refusal = read.FindUnsupported(tool) ?? read.ReadAllowed(tool) ?? read.ReadApproval(tool);
        entry = read;
        return refusal;
    }

    // What would have the gateway send something of the caller's to the server.
    private Refusal? FindUnsupported(JsonElement tool)
    {
        foreach (var name in (ReadOnlySpan<string>)["connector_id", "headers", "authorization"])
        {
            if (tool.Find(name) is not null)
            {
                return Refusal.InvalidRequest($"'{Param}.{name}' is not supported by this gateway: servers and their credentials are its operator's to name.", $"{Param}.{name}", "unsupported_parameter");
            }
        }

        return null;
    }

    private Refusal? ReadAllowed(JsonElement tool)
    {
        switch (tool.Find("allowed_tools"))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Array } names:
                return ReadNames(names, "allowed_tools");
            case { ValueKind: JsonValueKind.Object } filter:
                OnlyReadOnly = filter.IsTrue("read_only");
                return filter.Find("tool_names") is { } listed ? ReadNames(listed, "allowed_tools.tool_names") : null;
            case { } other:
                return Refusal.InvalidRequest($"Invalid type for '{Param}.allowed_tools': expected a list of names or an object, but got {other.ValueKind}.", $"{Param}.allowed_tools", "invalid_type");
        }
    }

    private Refusal? ReadNames(JsonElement names, string field)
    {
        if (names.ValueKind != JsonValueKind.Array || names.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            return Refusal.InvalidRequest($"Invalid type for '{Param}.{field}': expected a list of names.", $"{Param}.{field}", "invalid_type");
        }

        AllowedTools = [.. names.EnumerateArray().Select(name => name.GetString()!)];
        return null;
    }

    private Refusal? ReadApproval(JsonElement tool)
    {
        if (tool.Find("require_approval") is not { } given)
        {
            return null;
        }

        if (ApprovalRule.TryRead(given) is not { } rule)
        {
            return Refusal.InvalidRequest(
                $"'{Param}.require_approval' must be \"never\", \"always\", or an object with tool_names under \"never\" and \"always\".", $"{Param}.require_approval", "invalid_value");
        }

        Approval = rule;
        return null;
    }
}
