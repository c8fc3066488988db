using System.Text.Json;

namespace Gateway.Api.Providers.Replies;

/// <summary>What an answer used, in tokens.</summary>
/// <param name="Input">What was read and no cache held.</param>
/// <param name="Output">What was made.</param>
/// <param name="CacheRead">What was read from a cache.</param>
/// <param name="CacheWrite">What was read and put into a cache.</param>
internal readonly record struct ReplyUsage(long Input, long Output, long CacheRead, long CacheWrite)
{
    public static ReplyUsage operator +(ReplyUsage a, ReplyUsage b) =>
        new(a.Input + b.Input, a.Output + b.Output, a.CacheRead + b.CacheRead, a.CacheWrite + b.CacheWrite);

    /// <summary>OpenAI's: <c>prompt_tokens</c> is all that was read, from a cache or not.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="reasoningTokens">How many of those that were made are thought and not said, where that is known.</param>
    public void Write(Utf8JsonWriter json, long reasoningTokens = 0)
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
        if (reasoningTokens > 0)
        {
            json.WriteStartObject("completion_tokens_details");
            json.WriteNumber("reasoning_tokens", reasoningTokens);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
