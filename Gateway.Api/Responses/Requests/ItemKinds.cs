using System.Text.Json;

namespace Gateway.Api.Responses.Requests;

/// <summary>The items that a conversation is made of, here.</summary>
internal static class ItemKinds
{
    public const string Message = "message";
    public const string FunctionCall = "function_call";
    public const string FunctionCallOutput = "function_call_output";
    public const string Reasoning = "reasoning";
    public const string Reference = "item_reference";
    public const string McpListTools = "mcp_list_tools";
    public const string McpCall = "mcp_call";
    public const string McpApprovalRequest = "mcp_approval_request";
    public const string McpApprovalResponse = "mcp_approval_response";

    /// <summary>An item's type. A message may leave it out, and a reference too.</summary>
    public static string? Of(JsonElement item) =>
        item.FindText("type")
        ?? (item.Find("role") is not null ? Message : item.Find("id") is not null && item.GetPropertyCount() == 1 ? Reference : null);
}
