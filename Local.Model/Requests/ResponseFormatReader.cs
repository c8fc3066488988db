using System.Text.Json.Nodes;

namespace Local.Model.Requests;

internal static class ResponseFormatReader
{
    public static ResponseFormat Read(Fields fields)
    {
        if (fields.Object("response_format") is not { } format)
        {
            return ResponseFormat.Text;
        }

        var type = format.RequiredText("type");
        switch (type)
        {
            case "text":
                return ResponseFormat.Text;
            case "json_object":
                return new ResponseFormat(ResponseFormatKind.JsonObject);
            case "json_schema":
                return ReadSchema(format);
            default:
                format.Problem("type", $"Invalid value: '{type}'. Supported values are: 'text', 'json_object', and 'json_schema'.");
                return ResponseFormat.Text;
        }
    }

    // { "type": "json_schema", "json_schema": { "name": "…", "strict": true, "schema": { … } } }
    private static ResponseFormat ReadSchema(Fields format)
    {
        if (format.Object("json_schema") is not { } wrapper)
        {
            format.Problem("json_schema", $"Missing required parameter: '{format.PathOf("json_schema")}'.");
            return ResponseFormat.Text;
        }

        wrapper.RequiredText("name");
        wrapper.Flag("strict");
        var schema = wrapper.Object("schema")?.Element is { } element ? JsonObject.Create(element.Clone())! : new JsonObject();
        return new ResponseFormat(ResponseFormatKind.JsonSchema, schema);
    }
}
