using System.Text.Json;

namespace Gateway.Api.Responses.Requests;

/// <summary><c>"text":{"format":{"type":"json_schema","name","schema","strict"},"verbosity":"low"}</c> and what it is in a chat request.</summary>
internal static class TextFormat
{
    public static void Check(JsonElement text, FieldFindings findings)
    {
        if (!findings.IsObject(text, "text"))
        {
            return;
        }

        foreach (var field in text.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            switch (field.Name)
            {
                case "format":
                    CheckFormat(field.Value, findings);
                    break;
                case "verbosity":
                    findings.IsText(field.Value, "text.verbosity");
                    break;
                default:
                    findings.RefuseUnknown($"text.{field.Name}");
                    break;
            }
        }
    }

    /// <summary>Writes <c>response_format</c> and <c>verbosity</c> of a request that was checked.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement text)
    {
        if (text.Find("verbosity") is { } verbosity)
        {
            json.WriteRaw("verbosity", verbosity);
        }

        var format = text.Find("format");
        if (format?.FindText("type") is not { } type || type == "text")
        {
            return;
        }

        json.WriteStartObject("response_format");
        json.WriteString("type", type);
        if (type == "json_schema")
        {
            json.WriteStartObject("json_schema");
            foreach (var name in (ReadOnlySpan<string>)["name", "description", "schema", "strict"])
            {
                if (format.Value.Find(name) is { } value)
                {
                    json.WriteRaw(name, value);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void CheckFormat(JsonElement format, FieldFindings findings)
    {
        if (!findings.IsObject(format, "text.format"))
        {
            return;
        }

        switch (format.FindText("type"))
        {
            case "text" or "json_object":
                break;
            case "json_schema":
                CheckSchema(format, findings);
                break;
            case var type:
                findings.Refuse($"Invalid value: '{type}'. Supported values are: 'text', 'json_object', 'json_schema'.", "text.format.type", "invalid_value");
                break;
        }
    }

    private static void CheckSchema(JsonElement format, FieldFindings findings)
    {
        if (format.FindText("name") is null)
        {
            findings.Refuse(Pipeline.Refusal.MissingParameter("text.format.name"));
        }

        if (format.Find("schema") is not { } schema)
        {
            findings.Refuse(Pipeline.Refusal.MissingParameter("text.format.schema"));
        }
        else
        {
            findings.IsObject(schema, "text.format.schema");
        }
    }
}
