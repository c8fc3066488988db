using System.Text.Json;

namespace Local.Model.Requests;

internal static class SamplingReader
{
    private const int MostChoices = 128;
    private const int MostStops = 4;

    public static Sampling Read(Fields fields, int leastMaxTokens, int? defaultMaxTokens)
    {
        CheckRanges(fields);
        var stream = fields.Flag("stream") ?? false;
        var options = fields.Object("stream_options");
        if (options is not null && !stream)
        {
            fields.Problem("stream_options", "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        }

        var maxTokens = fields.Integer("max_completion_tokens", leastMaxTokens, int.MaxValue) ?? fields.Integer("max_tokens", leastMaxTokens, int.MaxValue);
        var minTokens = (int)(fields.Integer("min_tokens", 0, int.MaxValue) ?? 0);
        if (minTokens > (maxTokens ?? defaultMaxTokens))
        {
            fields.Problem("min_tokens", $"min_tokens must be less than or equal to max_tokens={maxTokens ?? defaultMaxTokens}, got {minTokens}.");
        }

        return new Sampling
        {
            MaxTokens = (int?)maxTokens ?? defaultMaxTokens,
            MinTokens = minTokens,
            Choices = (int)(fields.Integer("n", 1, MostChoices) ?? 1),
            Stop = ReadStop(fields),
            Seed = fields.Integer("seed", long.MinValue, long.MaxValue) ?? 0,
            IgnoreEos = fields.Flag("ignore_eos") ?? false,
            Stream = stream,
            IncludeUsage = options?.Flag("include_usage") ?? false,
            ContinuousUsage = options?.Flag("continuous_usage_stats") ?? false,
        };
    }

    private static void CheckRanges(Fields fields)
    {
        fields.Number("temperature", 0, 2);
        fields.Number("presence_penalty", -2, 2);
        fields.Number("frequency_penalty", -2, 2);
        fields.Number("min_p", 0, 1);
        fields.Integer("top_k", -1, int.MaxValue);
        if (fields.Number("top_p", 0, 1) is 0)
        {
            fields.Problem("top_p", "Invalid value for 'top_p': expected more than 0, up to 1, but got 0 instead.");
        }

        if (fields.Number("repetition_penalty", 0, double.MaxValue) is 0)
        {
            fields.Problem("repetition_penalty", "Invalid value for 'repetition_penalty': expected more than 0, but got 0 instead.");
        }

        fields.Text("user");
        if (fields.Object("logit_bias") is { } bias)
        {
            foreach (var token in bias.Element.EnumerateObject())
            {
                bias.Number(token.Name, -100, 100);
            }
        }
    }

    private static IReadOnlyList<string> ReadStop(Fields fields)
    {
        if (fields.Find("stop") is not { } stop)
        {
            return [];
        }

        if (stop.ValueKind is JsonValueKind.String)
        {
            return stop.GetString() is { Length: > 0 } text ? [text] : [];
        }

        if (stop.ValueKind is not JsonValueKind.Array || stop.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
        {
            fields.WrongType("stop", "a string or an array of strings", stop);
            return [];
        }

        if (stop.GetArrayLength() > MostStops)
        {
            fields.Problem("stop", $"Invalid 'stop': array too long. Expected an array with maximum length {MostStops}, but got one with length {stop.GetArrayLength()} instead.");
            return [];
        }

        return [.. stop.EnumerateArray().Select(item => item.GetString()!).Where(text => text.Length > 0)];
    }
}
