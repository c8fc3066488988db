using System.Text.Json;

namespace Gateway.Api.Responses.Requests;

/// <summary>Checks the fields of a request's root: each is carried out, refused by name, or named in a warning.</summary>
internal static class RootFields
{
    private const int MostLogprobs = 20;

    public static void Check(JsonElement root, FieldFindings findings)
    {
        foreach (var field in root.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Null)
            {
                Check(field.Name, field.Value, findings);
            }
        }
    }

    private static void Check(string name, JsonElement value, FieldFindings findings)
    {
        switch (name)
        {
            // The stages of the chat request check the first two and the last, those who write it the others.
            case "model" or "stream" or "input" or "tools" or "tool_choice" or "product_context":
                break;
            case "instructions" or "previous_response_id" or "user" or "safety_identifier" or "prompt_cache_key" or "prompt_cache_retention" or "service_tier":
                findings.IsText(value, name);
                break;
            case "store" or "background" or "parallel_tool_calls":
                findings.IsFlag(value, name);
                break;
            case "temperature" or "top_p":
                findings.IsNumber(value, name);
                break;
            case "max_output_tokens" or "max_tool_calls":
                findings.CheckInteger(value, name, least: 1, int.MaxValue);
                break;
            case "top_logprobs":
                findings.CheckInteger(value, name, least: 0, MostLogprobs);
                break;
            case "metadata":
                Metadata.Check(value, findings);
                break;
            case "include":
                Includes.Check(value, findings);
                break;
            case "reasoning":
                CheckReasoning(value, findings);
                break;
            case "text":
                TextFormat.Check(value, findings);
                break;
            case "stream_options":
                CheckStreamOptions(value, findings);
                break;
            case "truncation":
                CheckTruncation(value, findings);
                break;
            case "conversation" or "prompt" or "context_management" or "moderation":
                findings.Refuse($"'{name}' is not supported by this gateway.", name, "unsupported_parameter");
                break;
            case "prompt_cache_options":
                findings.Ignore(name);
                break;
            default:
                findings.RefuseUnknown(name);
                break;
        }
    }

    private static void CheckReasoning(JsonElement value, FieldFindings findings)
    {
        if (!findings.IsObject(value, "reasoning"))
        {
            return;
        }

        foreach (var field in value.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            var param = $"reasoning.{field.Name}";
            switch (field.Name)
            {
                case "effort":
                    findings.IsText(field.Value, param);
                    break;
                case "summary" or "generate_summary":
                    findings.CheckOneOf(field.Value, param, "auto", "concise", "detailed");
                    findings.Warn($"{param}: no summary is made; what the model tells of its reasoning stands in its place");
                    break;
                default:
                    findings.RefuseUnknown(param);
                    break;
            }
        }
    }

    private static void CheckStreamOptions(JsonElement value, FieldFindings findings)
    {
        if (!findings.IsObject(value, "stream_options"))
        {
            return;
        }

        foreach (var field in value.EnumerateObject())
        {
            if (field.Name != "include_obfuscation")
            {
                findings.RefuseUnknown($"stream_options.{field.Name}");
            }
            else if (field.Value.ValueKind == JsonValueKind.True)
            {
                findings.Ignore("stream_options.include_obfuscation");
            }
        }
    }

    private static void CheckTruncation(JsonElement value, FieldFindings findings)
    {
        findings.CheckOneOf(value, "truncation", "auto", "disabled");
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("auto"u8))
        {
            findings.Warn("truncation 'auto' was ignored: what is too long for the model is refused");
        }
    }
}
