using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.McpServers.Clients;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Tools.Calls;

namespace Gateway.Api.Tools.Offers;

/// <summary>Finds the servers that a request's <c>tools</c> name, and puts functions in their place that any model understands.</summary>
internal sealed class ToolOffers(McpServerRegistry registry)
{
    /// <param name="request">Its body is changed where it names MCP servers.</param>
    /// <param name="tools">Its <c>tools</c>.</param>
    /// <param name="choice">Its <c>tool_choice</c>.</param>
    /// <returns>Why it is refused, or what it offers from now on.</returns>
    public async ValueTask<(Refusal? Refusal, ToolUse? Use)> ReplaceAsync(GatewayRequest request, JsonElement tools, JsonElement? choice)
    {
        var offered = new List<OfferedTool>();
        var functions = new HashSet<string>(StringComparer.Ordinal);
        var others = new List<JsonElement>();
        var labels = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var tool in tools.EnumerateArray())
        {
            var param = $"tools[{index++}]";
            if (!McpToolEntry.IsOne(tool))
            {
                others.Add(tool);
                functions.Add(tool.Find("function")?.FindText("name") ?? "");
                continue;
            }

            var refusal = McpToolEntry.Read(tool, param, out var entry);
            if (refusal is null && !labels.Add(entry!.Label))
            {
                refusal = Refusal.InvalidRequest($"'{param}.server_label' is '{entry.Label}', which another server has already.", $"{param}.server_label", "invalid_value");
            }

            refusal ??= await OfferAsync(request, entry!, offered);
            if (refusal is not null)
            {
                return (refusal, null);
            }
        }

        if (offered.FirstOrDefault(tool => functions.Contains(tool.Function)) is { } twice)
        {
            return (Refusal.InvalidRequest($"'{twice.Function}' is a function of the request and a tool of the server '{twice.Label}'; give one of them another name.", "tools", "invalid_value"), null);
        }

        if (!TryReadChoice(choice, offered, out var forced))
        {
            return (Refusal.InvalidRequest("'tool_choice' names a tool that its server does not have, or that is not among the allowed.", "tool_choice", "invalid_value"), null);
        }

        Edit(request, others, offered, forced);
        return (null, new ToolUse { Offered = offered, Functions = functions, Activity = request.Tools?.Activity ?? new ToolActivity() });
    }

    private async ValueTask<Refusal?> OfferAsync(GatewayRequest request, McpToolEntry entry, List<OfferedTool> offered)
    {
        var server = entry.Url is { } url ? registry.Resolve(url, request.Http.Request.Host) : registry.Find(entry.Label);
        if (server is null)
        {
            var (name, field) = entry.Url is null ? (entry.Label, "server_label") : (entry.Url, "server_url");
            return Refusal.InvalidRequest($"'{entry.Param}.{field}' is '{name}', which is no server of this gateway; registered: {registry.Names}.", $"{entry.Param}.{field}", "unknown_mcp_server");
        }

        try
        {
            return Offer(request.Caller, entry, server, await server.ListAsync(request), offered);
        }
        catch (McpServerException failure)
        {
            return McpFailure(failure.Message, entry.Param);
        }
    }

    private static Refusal? Offer(ApiKey caller, McpToolEntry entry, McpServer server, IReadOnlyList<McpTool> tools, List<OfferedTool> offered)
    {
        var options = server.Options;
        var there = tools.Where(tool => options.AllowedTools.Count == 0 || options.AllowedTools.Contains(tool.Name)).ToList();
        if (entry.AllowedTools?.FirstOrDefault(name => !there.Exists(tool => tool.Name == name)) is { } unknown)
        {
            return Refusal.InvalidRequest($"'{entry.Param}.allowed_tools' names '{unknown}'; the server '{entry.Label}' has: {string.Join(", ", there.Select(tool => tool.Name))}.", $"{entry.Param}.allowed_tools", "invalid_value");
        }

        var granted = there.Where(tool => caller.MayCall(server.Name, tool.Name)).ToList();
        var wanted = granted.Where(tool => (entry.AllowedTools?.Contains(tool.Name) ?? true) && (tool.IsReadOnly || !entry.OnlyReadOnly)).ToList();
        if (wanted.Count == 0)
        {
            return granted.Count == 0 && there.Count > 0
                ? new Refusal(StatusCodes.Status403Forbidden, Refusal.InvalidRequestError, "tools_not_allowed", $"This key may not have tools of the MCP server '{server.Name}' called.", entry.Param)
                : Refusal.InvalidRequest($"'{entry.Param}' leaves no tool of the server '{entry.Label}' to be offered.", entry.Param, "invalid_value");
        }

        var names = new FunctionNames(entry.Label, offered.Select(tool => tool.Function));
        offered.AddRange(wanted.Select(tool => new OfferedTool(names.Of(tool.Name), entry.Label, server, tool, !entry.Approval.Asks(tool.Name) && (tool.IsReadOnly || !options.ReadOnly))));
        return null;
    }

    private static Refusal McpFailure(string message, string param) => new(StatusCodes.Status502BadGateway, "upstream_error", "mcp_server_error", message, param);

    // {"type":"mcp","server_label":"products","name":"search_catalog"}: as the function that it has become. Without a name, any tool.
    private static bool TryReadChoice(JsonElement? choice, List<OfferedTool> offered, out string? forced)
    {
        forced = null;
        if (choice is not { ValueKind: JsonValueKind.Object } named || !McpToolEntry.IsOne(named))
        {
            return true;
        }

        var (label, name) = (named.FindText("server_label"), named.FindText("name"));
        var function = offered.Find(tool => tool.Label == label && (name is null || tool.Tool.Name == name))?.Function;
        forced = function is null ? null : name is null ? "\"required\"" : $$$"""{"type":"function","function":{"name":"{{{function}}}"}}""";
        return forced is not null;
    }

    private static void Edit(GatewayRequest request, List<JsonElement> others, List<OfferedTool> offered, string? forced)
    {
        var at = ChatBody.Read(request.Body!.Span);
        var edits = new BodyEdits();
        edits.Replace(at.Tools!.Value, Write(others, offered));
        if (forced is not null)
        {
            edits.Replace(at.ToolChoice!.Value, Encoding.UTF8.GetBytes(forced));
        }

        edits.ApplyTo(request);
    }

    private static ReadOnlyMemory<byte> Write(List<JsonElement> others, List<OfferedTool> offered)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(output, Json.WriterOptions))
        {
            json.WriteStartArray();
            others.ForEach(json.WriteRaw);
            foreach (var tool in offered)
            {
                json.WriteStartObject();
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", tool.Function);
                if (tool.Tool.Description is { } description)
                {
                    json.WriteString("description", description);
                }

                json.WritePropertyName("parameters");
                json.WriteRawValue(tool.Tool.InputSchema, skipInputValidation: true);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return output.WrittenMemory;
    }
}
