using System.Text.Json;
using Gateway.Api.Tools.Calls;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Responses.Replies;

/// <summary>The items of tools that the gateway calls (https://platform.openai.com/docs/guides/tools-connectors-mcp), all but their ids.</summary>
internal static class McpItems
{
    public static Action<Utf8JsonWriter> Tools(string label, IReadOnlyList<OfferedTool> tools) => json =>
    {
        json.WriteString("type", "mcp_list_tools");
        json.WriteString("server_label", label);
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Tool.Name);
            json.WriteString("description", tool.Tool.Description);
            WriteOnOneLine(json, "input_schema", tool.Tool.InputSchema);
            WriteOnOneLine(json, "annotations", tool.Tool.Annotations);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("error");
    };

    public static Action<Utf8JsonWriter> Approval(PendingCall call) => json =>
    {
        json.WriteString("type", "mcp_approval_request");
        json.WriteString("server_label", call.Tool!.Label);
        json.WriteString("name", call.ToolName);
        WriteArguments(json, call);
    };

    /// <summary>A call of which there is nothing but that it begins.</summary>
    public static Action<Utf8JsonWriter> CallBegun(FinishedCall call) => json =>
    {
        WriteHead(json, call, "in_progress");
        json.WriteString("arguments", "");
        json.WriteNull("output");
        json.WriteNull("error");
    };

    public static Action<Utf8JsonWriter> Call(FinishedCall call) => json =>
    {
        WriteHead(json, call, call.Error is null ? "completed" : "failed");
        WriteArguments(json, call.Call);
        json.WriteString("output", call.Error is null ? call.Text : null);
        json.WriteString("error", call.Error is null ? null : call.Text);
    };

    private static void WriteHead(Utf8JsonWriter json, FinishedCall call, string status)
    {
        json.WriteString("type", "mcp_call");
        json.WriteString("status", status);
        json.WriteString("server_label", call.Server);
        json.WriteString("name", call.Call.ToolName);
        json.WriteString("approval_request_id", call.ApprovalId);
    }

    private static void WriteArguments(Utf8JsonWriter json, PendingCall call)
    {
        json.WritePropertyName("arguments");
        json.WriteRawValue([(byte)'"', .. call.RawArguments, (byte)'"'], skipInputValidation: true);
    }

    private static void WriteOnOneLine(Utf8JsonWriter json, string name, ReadOnlySpan<byte> raw)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Json.OnOneLine(raw), skipInputValidation: true);
    }
}
