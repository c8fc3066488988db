using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Models;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>Writes <c>additionalModelRequestFields</c>: what a model takes and Converse has no field for.</summary>
internal sealed class AdditionalFields(Utf8JsonWriter json, Translation translation)
{
    private bool _begun;

    /// <param name="inference">Reasoning and topK.</param>
    /// <param name="isOneCallAtATime">Whether Anthropic is told to make one call at a time.</param>
    /// <param name="unknown">The caller's own fields.</param>
    public void Write(Inference inference, bool isOneCallAtATime, IReadOnlyList<JsonProperty> unknown)
    {
        WriteReasoning(inference);
        WriteTopK(inference.TopK);
        if (isOneCallAtATime)
        {
            Begin().WriteStartObject("tool_choice");
            json.WriteString("type", "auto");
            json.WriteBoolean("disable_parallel_tool_use", true);
            json.WriteEndObject();
        }

        foreach (var field in unknown)
        {
            Begin().WriteRaw(field.Name, field.Value);
        }

        if (_begun)
        {
            json.WriteEndObject();
        }
    }

    private void WriteReasoning(Inference inference)
    {
        switch (inference.Reasoning)
        {
            case { IsClaude: true, IsCallers: false }:
                Begin().WriteStartObject("thinking");
                json.WriteString("type", "enabled");
                json.WriteNumber("budget_tokens", inference.Budget);
                json.WriteEndObject();
                break;
            case { Style: ReasoningStyle.Nova, Effort: var effort }:
                Begin().WriteStartObject("reasoningConfig");
                json.WriteString("type", "enabled");
                json.WriteString("maxReasoningEffort", effort);
                json.WriteEndObject();
                break;
            case { Style: ReasoningStyle.GptOss, Effort: var effort }:
                Begin().WriteString("reasoning_effort", effort);
                break;
        }
    }

    private void WriteTopK(JsonElement? topK)
    {
        if (topK is not { } value)
        {
            return;
        }

        if (!translation.Quirks.HasNestedTopK)
        {
            Begin().WriteRaw("top_k", value);
            return;
        }

        Begin().WriteStartObject("inferenceConfig");
        json.WriteRaw("topK", value);
        json.WriteEndObject();
    }

    private Utf8JsonWriter Begin()
    {
        if (!_begun)
        {
            json.WriteStartObject("additionalModelRequestFields");
            _begun = true;
        }

        return json;
    }
}
