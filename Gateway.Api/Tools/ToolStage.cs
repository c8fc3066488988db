using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Tools.Context;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Tools;

/// <summary>Gives a chat the product data that it asks for, and makes of one that names MCP servers one that offers their tools as functions. Any other keeps its bytes.</summary>
internal sealed class ToolStage(ContextStage context, ToolOffers offers, FeatureFlags flags)
{
    private static ReadOnlySpan<byte> Sign => "\"mcp\""u8;

    /// <summary>Returns why the request is refused, or null.</summary>
    public async ValueTask<Refusal?> PrepareAsync(GatewayRequest request) => await context.ApplyAsync(request) ?? await OfferAsync(request);

    private ValueTask<Refusal?> OfferAsync(GatewayRequest request) =>
        request.Operation == Operation.Chat && request.Body!.Span.IndexOf(Sign) >= 0 ? ReadAsync(request) : new ValueTask<Refusal?>(FindStranded(request));

    private static Refusal? FindStranded(GatewayRequest request) =>
        request.Approved.Count == 0 ? null : Refusal.InvalidRequest($"The call of '{request.Approved[0].Name}' is allowed, and 'tools' does not name its server '{request.Approved[0].Label}' any more.", "tools", "invalid_value");

    private async ValueTask<Refusal?> ReadAsync(GatewayRequest request)
    {
        using var document = JsonDocument.Parse(request.Body!.Memory, new JsonDocumentOptions { MaxDepth = RequestScanner.MaxDepth });
        if (document.RootElement.Find("tools") is not { ValueKind: JsonValueKind.Array } tools || !tools.EnumerateArray().Any(McpToolEntry.IsOne))
        {
            return FindStranded(request);
        }

        if (await FindFaultAsync(request) is { } fault)
        {
            return fault;
        }

        try
        {
            // The document lives on the body's memory, which goes when the body is changed.
            var (refusal, use) = await offers.ReplaceAsync(request, tools.Clone(), document.RootElement.Find("tool_choice")?.Clone());
            request.Tools = use;
            return refusal;
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return Json.NoUnicode;
        }
    }

    private async ValueTask<Refusal?> FindFaultAsync(GatewayRequest request) =>
        !await flags.IsOnAsync(GatewayFlags.McpTools, request.Caller)
            ? Refusal.InvalidRequest("Tools of type 'mcp' are switched off here.", "tools", "unsupported_tool")
        : Caller.BringsBedrockTokenTo(request.Http)
            ? Refusal.InsufficientPermissions("Tools of type 'mcp' take an API key of this gateway; a Bedrock API key buys models of Bedrock only.")
        : request.Fields.MostChoices > 1
            ? Refusal.InvalidRequest("Tools of type 'mcp' take one choice ('n': 1): the gateway goes on with what the model says.", "n", "unsupported_value")
        : null;
}
