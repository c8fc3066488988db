using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>The form that an answer must have: <c>{"type":"json_schema","json_schema":{"name","description","schema"}}</c>.</summary>
internal sealed record StructuredOutput(string Name, string? Description, JsonElement Schema)
{
    /// <summary>The schema asked for; null where none is.</summary>
    public static StructuredOutput? Read(JsonElement root, Translation translation)
    {
        if (root.Find("response_format") is not { } format || format.FindText("type") is "text" or "json_object")
        {
            return null;
        }

        if (format.FindText("type") == "json_schema" && format.Find("json_schema") is { } wanted && wanted.Find("schema") is { ValueKind: JsonValueKind.Object } schema)
        {
            return new StructuredOutput(wanted.FindText("name") ?? "answer", wanted.FindText("description"), schema);
        }

        translation.Refuse("'response_format' must be of type text, json_object, or json_schema with a json_schema.schema.", "response_format");
        return null;
    }

    /// <summary>Whether any JSON object will do: Converse has no field for that, so the model is told in words.</summary>
    public static bool IsAnyObject(JsonElement root) => root.Find("response_format")?.FindText("type") == "json_object";

    /// <summary>Writes <c>outputConfig</c>, where the schema is a string.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("outputConfig");
        json.WriteStartObject("textFormat");
        json.WriteString("type", "json_schema");
        json.WriteStartObject("structure");
        json.WriteStartObject("jsonSchema");
        json.WriteString("schema", Schema.GetRawText());
        json.WriteString("name", Name);
        if (!string.IsNullOrWhiteSpace(Description))
        {
            json.WriteString("description", Description);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
