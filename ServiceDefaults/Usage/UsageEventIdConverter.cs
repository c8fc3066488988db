using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceDefaults.Usage;

internal sealed class UsageEventIdConverter : JsonConverter<UsageEventId>
{
    public override UsageEventId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && UsageEventId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("The id of a usage event is '<journal>.<sequence>'.");

    public override void Write(Utf8JsonWriter writer, UsageEventId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
