using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Responses.Requests;

namespace Gateway.Api.Responses.Replies;

/// <summary>Writes a response (https://platform.openai.com/docs/api-reference/responses/object): what the caller asked for is repeated in it.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="id">The response's id.</param>
/// <param name="createdAt">In seconds since 1970.</param>
internal sealed class ResponseJson(ResponseRequest request, string id, long createdAt)
{
    private static readonly string[] FieldsOfFunctions = ["name", "description", "parameters", "strict"];
    private static readonly string[] FieldsOfMcp = ["server_label", "server_url", "server_description", "allowed_tools", "require_approval"];

    private JsonElement Root => request.Root;

    public void Write(Utf8JsonWriter json, ResponseState state)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "response");
        json.WriteNumber("created_at", createdAt);
        json.WriteString("status", state.Status);
        json.WriteBoolean("background", request.InBackground);
        WriteNumber(json, "completed_at", state.CompletedAt);
        WriteError(json, state.Error);
        WriteIncomplete(json, state.IncompleteReason);
        WriteGiven(json, "instructions");
        WriteGiven(json, "max_output_tokens");
        WriteGiven(json, "max_tool_calls");
        json.WriteString("model", state.Model ?? Root.FindText("model"));
        WriteOutput(json, state.Output);
        WriteGiven(json, "parallel_tool_calls", "true"u8);
        WriteGiven(json, "previous_response_id");
        WriteGiven(json, "prompt_cache_key");
        WriteGiven(json, "prompt_cache_retention");
        WriteReasoning(json);
        WriteGiven(json, "safety_identifier");
        WriteServiceTier(json, state.ServiceTier);
        json.WriteBoolean("store", state.IsStored);
        WriteGiven(json, "temperature", "1.0"u8);
        WriteText(json);
        WriteGiven(json, "tool_choice", "\"auto\""u8);
        WriteTools(json);
        WriteGiven(json, "top_logprobs", "0"u8);
        WriteGiven(json, "top_p", "1.0"u8);
        WriteGiven(json, "truncation", "\"disabled\""u8);
        WriteUsage(json, state.End);
        WriteGiven(json, "user");
        WriteGiven(json, "metadata", "{}"u8);
        json.WriteEndObject();
    }

    private void WriteOutput(Utf8JsonWriter json, Output? output)
    {
        json.WriteStartArray("output");
        if (output is not null)
        {
            foreach (var item in output.Items)
            {
                ItemJson.Write(json, output, item, request.ShowsEncryptedReasoning);
            }
        }

        json.WriteEndArray();
    }

    private void WriteGiven(Utf8JsonWriter json, string name, ReadOnlySpan<byte> otherwise = default) => WriteGiven(json, Root, name, otherwise);

    private static void WriteGiven(Utf8JsonWriter json, JsonElement? parent, string name, ReadOnlySpan<byte> otherwise = default)
    {
        if (parent?.Find(name) is { } value)
        {
            json.WritePropertyName(name);
            json.WriteRawOnOneLine(value);
        }
        else
        {
            json.WritePropertyName(name);
            json.WriteRawValue(otherwise.IsEmpty ? "null"u8 : otherwise, skipInputValidation: true);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // The provider's word counts; until there is one, the caller's.
    private void WriteServiceTier(Utf8JsonWriter json, string? answered)
    {
        if (answered is null)
        {
            WriteGiven(json, "service_tier", "\"default\""u8);
        }
        else
        {
            json.WriteString("service_tier", answered);
        }
    }

    private static void WriteError(Utf8JsonWriter json, ResponseError? error)
    {
        if (error is null)
        {
            json.WriteNull("error");
        }
        else
        {
            error.Write(json);
        }
    }

    private static void WriteIncomplete(Utf8JsonWriter json, string? reason)
    {
        if (reason is null)
        {
            json.WriteNull("incomplete_details");
            return;
        }

        json.WriteStartObject("incomplete_details");
        json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private void WriteReasoning(Utf8JsonWriter json)
    {
        var reasoning = Root.Find("reasoning");
        json.WriteStartObject("reasoning");
        WriteGiven(json, reasoning, "effort");
        WriteGiven(json, reasoning, "summary");
        json.WriteEndObject();
    }

    private void WriteText(Utf8JsonWriter json)
    {
        var text = Root.Find("text");
        json.WriteStartObject("text");
        if (text?.Find("format") is { } format)
        {
            json.WritePropertyName("format");
            json.WriteRawOnOneLine(format);
        }
        else
        {
            json.WriteStartObject("format");
            json.WriteString("type", "text");
            json.WriteEndObject();
        }

        WriteGiven(json, text, "verbosity", "\"medium\""u8);
        json.WriteEndObject();
    }

    private void WriteTools(Utf8JsonWriter json)
    {
        json.WriteStartArray("tools");
        if (Root.Find("tools") is { } tools)
        {
            foreach (var tool in tools.EnumerateArray())
            {
                var type = tool.FindText("type");
                json.WriteStartObject();
                json.WriteString("type", type);
                foreach (var name in type == "mcp" ? FieldsOfMcp : FieldsOfFunctions)
                {
                    WriteGiven(json, tool, name);
                }

                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteUsage(Utf8JsonWriter json, AnswerEnd? end)
    {
        if (end is not { Tokens: var tokens } known)
        {
            json.WriteNull("usage");
            return;
        }

        var input = tokens.Input + tokens.CachedInput + tokens.CacheWrite;
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", input);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cache_write_tokens", tokens.CacheWrite);
        json.WriteNumber("cached_tokens", tokens.CachedInput);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", tokens.Output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", known.ReasoningTokens);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", input + tokens.Output);
        json.WriteEndObject();
    }
}
