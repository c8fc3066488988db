using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Caching.Semantic;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.McpServers.Clients;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Telemetry;
using Gateway.Api.Tools.Calls;
using ModelContextProtocol.Protocol;
using ServiceDefaults.Usage;

namespace Gateway.Api.Tools.Context;

/// <summary>
/// Gives a chat that asks for it, or whose alias does, what the catalogue has for it: one search, and a block of data before the last message of its user. A chat that gets none
/// keeps its bytes.
/// </summary>
internal sealed partial class ContextStage(LiveConfiguration configuration, McpServerRegistry registry, FeatureFlags flags, ToolMetrics metrics, TimeProvider time, ILogger<ContextStage> logger)
{
    private const string Server = "products";
    private const string Tool = "search_catalog";
    private const string Field = "product_context";

    private static ReadOnlySpan<byte> Sign => "\"product_context\""u8;

    /// <summary>Returns why the request is refused, or null.</summary>
    public ValueTask<Refusal?> ApplyAsync(GatewayRequest request)
    {
        if (request.Operation != Operation.Chat)
        {
            return default;
        }

        var isAutomatic = configuration.Current.Models.GetValueOrDefault(request.Route!.Alias)?.ProductContext == true;
        return isAutomatic || request.Body!.Span.IndexOf(Sign) >= 0 ? ApplyAsync(request, isAutomatic) : default;
    }

    private async ValueTask<Refusal?> ApplyAsync(GatewayRequest request, bool isAutomatic)
    {
        var body = ChatBody.Read(request.Body!.Span);
        if (body.Context is { } given)
        {
            using var document = JsonDocument.Parse(request.Body.Memory[given]);
            if (ContextRequest.Read(document.RootElement, out var wanted) is { } refusal)
            {
                return refusal;
            }

            // It is the gateway's own, and no provider's.
            var edits = new BodyEdits();
            edits.Replace(body.ContextMember, default);
            edits.ApplyTo(request);
            return wanted is null ? null : await AddAsync(request, wanted, isAsked: true);
        }

        return isAutomatic && body.Tools is null && await flags.IsOnAsync(GatewayFlags.ProductContext, request.Caller) ? await AddAsync(request, ContextRequest.Default, isAsked: false) : null;
    }

    // What nobody has asked for in words is no reason to refuse anything.
    private async ValueTask<Refusal?> AddAsync(GatewayRequest request, ContextRequest wanted, bool isAsked)
    {
        var refusal = await TryAddAsync(request, wanted);
        if (refusal is null || isAsked)
        {
            return refusal;
        }

        LogLeftOut(request.Route!.Alias, refusal.Message);
        request.Warn($"product data was left out: {refusal.Message}");
        return null;
    }

    private async ValueTask<Refusal?> TryAddAsync(GatewayRequest request, ContextRequest wanted)
    {
        if (!request.Caller.MayCall(Server, Tool))
        {
            return new Refusal(StatusCodes.Status403Forbidden, Refusal.InvalidRequestError, "tools_not_allowed", $"This key may not have tools of the MCP server '{Server}' called.", Field);
        }

        if (registry.Find(Server) is not { } server)
        {
            return Refusal.InvalidRequest($"This gateway has no product server; its operator has to name one at Gateway:McpServers:{Server}.", Field, "unknown_mcp_server");
        }

        if ((wanted.Query ?? LastQuestion.Read(request.Body!.Span)?.Text) is not { } question)
        {
            return Refusal.InvalidRequest($"'{Field}.query' is missing, and the last message is no text of a user to take its place.", $"{Field}.query", "missing_required_parameter");
        }

        using var span = GatewaySpans.StartToolCall(Server, Tool);
        var started = time.GetTimestamp();
        try
        {
            var result = await SearchAsync(request, server, wanted, question);
            if (result.IsError == true)
            {
                Note(request, started, blockBytes: null);
                return Refusal.InvalidRequest($"The catalogue refused the search: {string.Join(' ', result.Content.OfType<TextContentBlock>().Select(block => block.Text))}", Field, "invalid_value");
            }

            var (block, products) = ProductBlock.Write(result.StructuredContent, wanted.MaxTokens);
            Note(request, started, Encoding.UTF8.GetByteCount(block));
            request.Tools!.Activity.Add(products);
            Add(request, block);
            return null;
        }
        catch (McpServerException failure)
        {
            Note(request, started, blockBytes: null);
            return new Refusal(StatusCodes.Status502BadGateway, "upstream_error", "mcp_server_error", failure.Message, Field);
        }
    }

    private static Task<CallToolResult> SearchAsync(GatewayRequest request, McpServer server, ContextRequest wanted, string question)
    {
        var (query, filters, currency) = Question.Read(question);
        var catalog = new JsonObject
        {
            ["query"] = query,
            ["filters"] = wanted.Filters is { } given ? JsonObject.Create(given) : filters,
            ["pagination"] = new JsonObject { ["limit"] = wanted.MaxItems },
        };
        if (wanted.Filters is null && currency is not null)
        {
            catalog["context"] = new JsonObject { ["currency"] = currency };
        }

        return server.CallAsync(request, Tool, new Dictionary<string, JsonElement> { ["catalog"] = JsonSerializer.SerializeToElement(catalog) }, request.Cancelled);
    }

    // For metrics and the ledger; null of bytes is a search without a result.
    private void Note(GatewayRequest request, long started, int? blockBytes)
    {
        var duration = time.GetElapsedTime(started);
        metrics.Called(Server, Tool, duration, isOk: blockBytes is not null);
        request.Tools = new ToolUse();
        request.Tools.Activity.Search = new ToolCallUsage
        {
            Server = Server,
            Tool = Tool,
            DurationMicroseconds = duration.Ticks / TimeSpan.TicksPerMicrosecond,
            ResultBytes = blockBytes ?? 0,
            Failed = blockBytes is null,
        };
    }

    private static void Add(GatewayRequest request, string block)
    {
        var message = $$"""{"role":"user","content":{{JsonSerializer.Serialize(block)}}}""";
        var body = ChatBody.Read(request.Body!.Span);
        var edits = new BodyEdits();
        if (body.LastUserMessage is { } last)
        {
            edits.Insert(last.Start.Value, Encoding.UTF8.GetBytes($"{message},"));
        }
        else
        {
            edits.Insert(body.EndOfMessages, Encoding.UTF8.GetBytes($",{message}"));
        }

        edits.ApplyTo(request);
    }

    [LoggerMessage(LogLevel.Warning, "{Alias}: product data was left out: {Reason}")]
    private partial void LogLeftOut(string alias, string reason);
}
