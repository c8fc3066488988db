using System.Buffers;
using System.Text.Json;

namespace Gateway.Api.Responses.Storage;

/// <summary>A page of what a response answered (https://platform.openai.com/docs/api-reference/responses/input-items).</summary>
internal static class InputItemPage
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    /// <summary>Null where <paramref name="after"/> is none of the items.</summary>
    public static byte[]? Of(StoredResponse response, string? after, int limit, bool isAscending)
    {
        var items = JsonElement.Parse(response.Items.Span).EnumerateArray().Take(response.Input).ToList();
        if (!isAscending)
        {
            items.Reverse();
        }

        var start = after is null ? 0 : items.FindIndex(item => item.FindText("id") == after) + 1;
        if (after is not null && start == 0)
        {
            return null;
        }

        var page = items.Skip(start).Take(limit).ToList();
        return Write(page, hasMore: start + page.Count < items.Count);
    }

    private static byte[] Write(IReadOnlyList<JsonElement> page, bool hasMore)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var item in page)
        {
            json.WriteRaw(item);
        }

        json.WriteEndArray();
        json.WriteString("first_id", page is [var first, ..] ? first.FindText("id") : null);
        json.WriteString("last_id", page is [.., var last] ? last.FindText("id") : null);
        json.WriteBoolean("has_more", hasMore);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
