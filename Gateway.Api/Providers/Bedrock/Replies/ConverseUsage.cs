using System.Text.Json;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>Converse's usage: <c>{"inputTokens":30,"outputTokens":5,"cacheReadInputTokens":20,"cacheWriteInputTokens":0}</c>, where the input is what no cache held.</summary>
internal readonly record struct ConverseUsage(long Input, long Output, long CacheRead, long CacheWrite)
{
    public static ConverseUsage Read(JsonElement usage) =>
        new(Count(usage, "inputTokens"), Count(usage, "outputTokens"), Count(usage, "cacheReadInputTokens"), Count(usage, "cacheWriteInputTokens"));

    public static ConverseUsage operator +(ConverseUsage a, ConverseUsage b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.CacheRead + b.CacheRead, a.CacheWrite + b.CacheWrite);

    /// <summary>OpenAI's: <c>prompt_tokens</c> is all that was read, from a cache or not.</summary>
    public void Write(Utf8JsonWriter json)
    {
        var prompt = Input + CacheRead + CacheWrite;
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", prompt);
        json.WriteNumber("completion_tokens", Output);
        json.WriteNumber("total_tokens", prompt + Output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", CacheRead);
        json.WriteNumber("cache_write_tokens", CacheWrite);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static long Count(JsonElement usage, string name) =>
        usage.Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) ? count : 0;
}
