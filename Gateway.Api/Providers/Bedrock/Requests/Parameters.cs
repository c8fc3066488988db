using System.Collections.Frozen;
using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>What becomes of each field of a request's root: translated, ignored with a warning, or handed to the model as its own.</summary>
internal static class Parameters
{
    private static readonly FrozenSet<string> Translated = FrozenSet.ToFrozenSet(
    [
        "model", "messages", "prompt", "stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k", "stop", "n", "tools", "tool_choice",
        "parallel_tool_calls", "response_format", "reasoning_effort",
    ]);

    private static readonly FrozenSet<string> WithoutPlace = FrozenSet.ToFrozenSet(
    [
        "audio", "best_of", "echo", "frequency_penalty", "logit_bias", "logprobs", "metadata", "modalities", "prediction", "presence_penalty", "prompt_cache_key",
        "prompt_cache_retention", "safety_identifier", "seed", "service_tier", "store", "suffix", "top_logprobs", "user", "verbosity", "web_search_options",
    ]);

    /// <summary>Notes what has no place in Converse, and returns what OpenAI does not have: fields for the model itself.</summary>
    public static List<JsonProperty> Sort(JsonElement root, Translation translation) => translation.Sort(root, Translated, WithoutPlace);
}
