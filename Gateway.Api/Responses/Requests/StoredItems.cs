using System.Buffers;
using System.Text.Json;

namespace Gateway.Api.Responses.Requests;

/// <summary>Writes the items that a later request goes on from: each with an id, and content as parts.</summary>
internal static class StoredItems
{
    /// <summary>Writes what stands before the output, without the list's end, and returns which of it is the request's own input.</summary>
    public static Range Write(IBufferWriter<byte> output, JsonElement root, Context context, string responseId)
    {
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartArray();
        foreach (var item in context.Before)
        {
            json.WriteRaw(item);
        }

        var count = 0;
        switch (root.Find("input"))
        {
            case { ValueKind: JsonValueKind.String } text:
                WriteText(json, text, ResponseIds.OfInput(responseId, "msg", count++));
                break;
            case { ValueKind: JsonValueKind.Array } items:
                foreach (var item in items.EnumerateArray())
                {
                    Write(json, context.Resolve(item), responseId, count++);
                }

                break;
        }

        return context.Before.Count..(context.Before.Count + count);
    }

    private static void WriteText(Utf8JsonWriter json, JsonElement text, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", ItemKinds.Message);
        json.WriteString("status", "completed");
        WriteContent(json, text, "input_text");
        json.WriteString("role", "user");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonElement item, string responseId, int index)
    {
        var kind = ItemKinds.Of(item)!;
        json.WriteStartObject();
        json.WriteString("id", item.FindText("id") ?? ResponseIds.OfInput(responseId, PrefixOf(kind), index));
        json.WriteString("type", kind);
        if (kind != ItemKinds.Reasoning)
        {
            json.WriteString("status", item.FindText("status") ?? "completed");
        }

        foreach (var field in item.EnumerateObject().Where(field => field.Name is not ("id" or "type" or "status")))
        {
            if (field.Name == "content" && field.Value.ValueKind == JsonValueKind.String)
            {
                WriteContent(json, field.Value, item.FindText("role") == "assistant" ? "output_text" : "input_text");
            }
            else
            {
                json.WriteRaw(field.Name, field.Value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, JsonElement text, string type)
    {
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteRaw("text", text);
        if (type == "output_text")
        {
            json.WriteStartArray("annotations");
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string PrefixOf(string kind) => kind switch
    {
        ItemKinds.FunctionCall => "fc",
        ItemKinds.FunctionCallOutput => "fco",
        ItemKinds.Reasoning => "rs",
        _ => "msg",
    };
}
