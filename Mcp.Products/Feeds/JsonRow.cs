using System.Text.Json;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>Makes a product of a JSON object: one with variants has the catalogue's own shape, any other is a flat row.</summary>
internal static class JsonRow
{
    private const string Variants = "variants";

    public static FeedEntry Map(ReadOnlySpan<byte> json, RowFields fields, long line, FeedSettings settings)
    {
        try
        {
            return IsWhole(json)
                ? new FeedEntry(line, JsonSerializer.Deserialize(json, CatalogueJson.Default.Product))
                : MapFlat(json, fields, line, settings);
        }
        catch (JsonException broken)
        {
            return new FeedEntry(line, null, $"it is not a product as JSON: {broken.Message}");
        }
        catch (InvalidOperationException broken)
        {
            // Bytes in a text that are not UTF-8.
            return new FeedEntry(line, null, $"it is not encoded as UTF-8: {broken.Message}");
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("an object was expected");
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(Variants))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static FeedEntry MapFlat(ReadOnlySpan<byte> json, RowFields fields, long line, FeedSettings settings)
    {
        fields.Clear();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            name = settings.Map.TryGetValue(name, out var field) ? field : name;
            reader.Read();
            using var value = JsonDocument.ParseValue(ref reader);
            Add(fields, name, value.RootElement);
        }

        return RowMapper.Map(fields, line, settings);
    }

    private static void Add(RowFields fields, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                fields.Add(name, value.GetString()!);
                break;
            case JsonValueKind.Number:
                fields.Add(name, value.GetRawText());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                fields.Add(name, value.GetBoolean() ? "Yes" : "No");
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Number):
                fields.Add(name, string.Join(", ", value.EnumerateArray().Select(one => one.ToString())));
                break;
            default:
                break;
        }
    }
}
