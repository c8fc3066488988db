using System.Text.Json;
using Gateway.Api.Configuration;

namespace Gateway.Api.Experiments;

/// <summary>A variant's parameters as fields of OpenAI's requests.</summary>
internal static class VariantFields
{
    public static IEnumerable<VariantField> Of(VariantParameters parameters, bool isChat)
    {
        (string[] Names, object? Value, bool IsOfChat)[] all =
        [
            (["temperature"], parameters.Temperature, false),
            (["top_p"], parameters.TopP, false),
            (["frequency_penalty"], parameters.FrequencyPenalty, false),
            (["presence_penalty"], parameters.PresencePenalty, false),
            (["seed"], parameters.Seed, false),
            (isChat ? ["max_completion_tokens", "max_tokens"] : ["max_tokens"], parameters.MaxTokens, false),
            (["reasoning_effort"], parameters.ReasoningEffort, true),
            (["verbosity"], parameters.Verbosity, true),
        ];
        return all.Where(field => field.Value is not null && (isChat || !field.IsOfChat)).Select(field => new VariantField(field.Names, JsonSerializer.SerializeToUtf8Bytes(field.Value)));
    }
}
