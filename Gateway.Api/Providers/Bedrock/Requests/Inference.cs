using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Models;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>The parameters of sampling: read, brought to what the model takes, and written. What was not set stays unset.</summary>
internal sealed record Inference
{
    // OpenAI's own range: beyond it a request is at fault wherever it goes.
    private const double LargestTemperature = 2;

    public int? MaxTokens { get; private init; }

    public double? Temperature { get; private init; }

    public double? TopP { get; private init; }

    public JsonElement? TopK { get; private init; }

    public IReadOnlyList<string> Stop { get; private init; } = [];

    public required Reasoning Reasoning { get; init; }

    /// <summary>How many tokens Claude may think.</summary>
    public int Budget { get; private init; }

    public static Inference Read(JsonElement root, Reasoning reasoning, Translation translation)
    {
        var quirks = translation.Quirks;
        var read = new Inference
        {
            Reasoning = reasoning,
            MaxTokens = (int?)(translation.Number(root, "max_completion_tokens") ?? translation.Number(root, "max_tokens")),
            Temperature = TemperatureOf(root, translation),
            TopP = translation.Number(root, "top_p"),
            TopK = root.Find("top_k"),
            Stop = [.. StopsOf(root, translation)],
        };

        if (quirks.RefusesTemperatureWithTopP && read is { Temperature: not null, TopP: not null })
        {
            translation.Warn($"top_p was ignored: {translation.Model} takes temperature or top_p, not both");
            read = read with { TopP = null };
        }

        return reasoning switch
        {
            { IsClaude: true, IsCallers: true } => read.WithoutSampling(translation),
            { IsClaude: true } => read.WithoutSampling(translation).Thinking(),
            { Style: ReasoningStyle.Nova, Effort: "high" } => read.WithoutSampling(translation) with { MaxTokens = null },
            _ => read,
        };
    }

    /// <summary><c>"inferenceConfig":{"maxTokens":…,"temperature":…,"topP":…,"stopSequences":[…]}</c>, or nothing.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (MaxTokens is null && Temperature is null && TopP is null && Stop.Count == 0)
        {
            return;
        }

        json.WriteStartObject("inferenceConfig");
        if (MaxTokens is { } maxTokens)
        {
            json.WriteNumber("maxTokens", maxTokens);
        }

        if (Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        if (TopP is { } topP)
        {
            json.WriteNumber("topP", topP);
        }

        if (Stop.Count > 0)
        {
            json.WriteStartArray("stopSequences");
            foreach (var stop in Stop)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private Inference Thinking()
    {
        var (budget, maxTokens) = Reasoning.BudgetFor(MaxTokens);
        return this with { Budget = budget, MaxTokens = maxTokens };
    }

    private Inference WithoutSampling(Translation translation)
    {
        if (Temperature is not null || TopP is not null || TopK is not null)
        {
            translation.Warn("temperature, top_p and top_k were ignored: a model that reasons takes none of them");
        }

        return this with { Temperature = null, TopP = null, TopK = null };
    }

    private static double? TemperatureOf(JsonElement root, Translation translation)
    {
        var temperature = translation.Number(root, "temperature");
        if (temperature is < 0 or > LargestTemperature)
        {
            translation.Refuse($"'temperature' is {temperature}; it must be between 0 and {LargestTemperature}.", "temperature");
        }

        if (temperature > translation.Quirks.MaxTemperature)
        {
            translation.Warn($"temperature was lowered to {translation.Quirks.MaxTemperature}, the highest that {translation.Model} takes");
            return translation.Quirks.MaxTemperature;
        }

        return temperature;
    }

    private static IEnumerable<string> StopsOf(JsonElement root, Translation translation)
    {
        if (root.Find("stop") is not { } stop)
        {
            yield break;
        }

        foreach (var item in stop.ValueKind == JsonValueKind.Array ? [.. stop.EnumerateArray()] : new[] { stop })
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                translation.Refuse("'stop' must be a string or a list of strings.", "stop");
            }
            else if (!string.IsNullOrWhiteSpace(item.GetString()))
            {
                yield return item.GetString()!;
            }
        }
    }
}
