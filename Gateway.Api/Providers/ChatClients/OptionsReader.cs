using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>
/// Reads the parameters of a request as a chat client's options. What OpenAI has and they have not is ignored with a warning; what neither
/// has goes along in <see cref="ChatOptions.AdditionalProperties"/>.
/// </summary>
internal sealed class OptionsReader(JsonElement root, RequestNotes notes)
{
    private static readonly FrozenSet<string> Carried = FrozenSet.ToFrozenSet(
    [
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "n",
        "tools", "tool_choice", "parallel_tool_calls", "response_format", "reasoning_effort",
    ]);

    private static readonly FrozenSet<string> WithoutPlace = FrozenSet.ToFrozenSet(
    [
        "audio", "logit_bias", "logprobs", "metadata", "modalities", "prediction", "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "service_tier", "store", "top_logprobs",
        "user", "verbosity", "web_search_options",
    ]);

    public ChatOptions Read()
    {
        var options = new ChatOptions
        {
            ModelId = notes.Model,
            MaxOutputTokens = (int?)(notes.Number(root, "max_completion_tokens") ?? notes.Number(root, "max_tokens")),
            Temperature = (float?)notes.Number(root, "temperature"),
            TopP = (float?)notes.Number(root, "top_p"),
            TopK = (int?)notes.Number(root, "top_k"),
            FrequencyPenalty = (float?)notes.Number(root, "frequency_penalty"),
            PresencePenalty = (float?)notes.Number(root, "presence_penalty"),
            Seed = (long?)notes.Number(root, "seed"),
            StopSequences = ReadStop(),
            ResponseFormat = ReadFormat(),
            Reasoning = ReadReasoning(),
        };
        if (notes.Number(root, "n") is { } choices and not 1)
        {
            notes.Refuse($"'n' is {choices}; {notes.Model} makes one choice at a time.", "n");
        }

        new ToolReader(root, notes).ReadInto(options);
        ReadOthers(options);
        return options;
    }

    private List<string>? ReadStop()
    {
        switch (root.Find("stop"))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.String } only:
                return [only.GetString()!];
            case { ValueKind: JsonValueKind.Array } several when several.EnumerateArray().All(stop => stop.ValueKind == JsonValueKind.String):
                return [.. several.EnumerateArray().Select(stop => stop.GetString()!)];
            default:
                notes.Refuse("'stop' must be a string or a list of strings.", "stop");
                return null;
        }
    }

    private ChatResponseFormat? ReadFormat()
    {
        if (root.Find("response_format") is not { } format)
        {
            return null;
        }

        switch (format.FindText("type"))
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema" when format.Find("json_schema") is { } wanted && wanted.Find("schema") is { ValueKind: JsonValueKind.Object } schema:
                return ChatResponseFormat.ForJsonSchema(schema.Clone(), wanted.FindText("name"), wanted.FindText("description"));
            default:
                notes.Refuse("'response_format' must be of type text, json_object, or json_schema with a json_schema.schema.", "response_format");
                return null;
        }
    }

    private ReasoningOptions? ReadReasoning() => root.FindText("reasoning_effort") is not { Length: > 0 } effort ? null : new ReasoningOptions
    {
        Effort = effort switch
        {
            "none" => ReasoningEffort.None,
            "minimal" or "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => ReasoningEffort.High,
        },
    };

    private void ReadOthers(ChatOptions options)
    {
        foreach (var property in notes.Sort(root, Carried, WithoutPlace))
        {
            (options.AdditionalProperties ??= [])[property.Name] = property.Value.Clone();
        }
    }
}
