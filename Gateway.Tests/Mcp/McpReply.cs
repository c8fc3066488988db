using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Mcp;

/// <summary>What came back from an MCP endpoint: one message at most, as JSON or as the one event of a stream.</summary>
internal sealed record McpReply(HttpStatusCode Status, HttpResponseHeaders Headers, JsonNode? Json)
{
    /// <summary>Of the error; 0 where there is none.</summary>
    public int Code => Json?["error"]?["code"]?.GetValue<int>() ?? 0;

    public static async Task<McpReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            text = text.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..];
        }

        return new McpReply(response.StatusCode, response.Headers, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
