using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools.Results;

/// <summary>Puts a result together: text for the model to read, and the same as data in the commerce standards' envelope.</summary>
internal static class ToolResults
{
    private const string StandardVersion = "2026-04-08";
    private const string Search = "dev.ucp.shopping.catalog.search";
    private const string Lookup = "dev.ucp.shopping.catalog.lookup";

    public static CallToolResult Answer(string text, IReadOnlyList<ToolMessage> messages, Action<Utf8JsonWriter> writeBody) =>
        Create(text, messages, writeBody, isError: false);

    /// <summary>What is wrong, each fault in a line, as text and as data.</summary>
    public static CallToolResult Refuse(IReadOnlyList<ToolMessage> faults, Action<Utf8JsonWriter>? writeBody = null)
    {
        var text = new StringBuilder();
        AppendTo(text, faults);
        return Create(text.ToString(), faults, writeBody, isError: true);
    }

    public static void AppendTo(StringBuilder text, IEnumerable<ToolMessage> messages)
    {
        foreach (var message in messages)
        {
            text.Append(message.Path is { } path ? $"{path}: " : "").Append(message.Content);
            if (message.ValidValues.Count > 0)
            {
                text.Append(" Try: ").AppendJoin(", ", message.ValidValues).Append('.');
            }

            text.Append('\n');
        }
    }

    private static CallToolResult Create(string text, IReadOnlyList<ToolMessage> messages, Action<Utf8JsonWriter>? writeBody, bool isError) => new()
    {
        Content = [new TextContentBlock { Text = text.TrimEnd() }],
        StructuredContent = JsonBytes.ToElement(json =>
        {
            json.WriteStartObject();
            WriteEnvelope(json, isError);
            writeBody?.Invoke(json);
            WriteMessages(json, messages);
            json.WriteEndObject();
        }),
        IsError = isError,
    };

    private static void WriteEnvelope(Utf8JsonWriter json, bool isError)
    {
        json.WriteStartObject("ucp");
        json.WriteString("version", StandardVersion);
        json.WriteString("status", isError ? "error" : "success");
        json.WriteStartObject("capabilities");
        foreach (var capability in new[] { Search, Lookup })
        {
            json.WriteStartArray(capability);
            json.WriteStartObject();
            json.WriteString("version", StandardVersion);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMessages(Utf8JsonWriter json, IReadOnlyList<ToolMessage> messages)
    {
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("type", message.Type);
            json.WriteString("code", message.Code);
            if (message.Path is { } path)
            {
                json.WriteString("path", path);
            }

            json.WriteString("content", message.Content);
            if (message.ValidValues.Count > 0)
            {
                json.WriteStartArray("valid_values");
                foreach (var value in message.ValidValues)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
