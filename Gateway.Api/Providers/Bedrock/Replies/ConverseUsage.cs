using System.Text.Json;
using Gateway.Api.Providers.Replies;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>Reads Converse's usage: <c>{"inputTokens":30,"outputTokens":5,"cacheReadInputTokens":20,"cacheWriteInputTokens":0}</c>, where the input is what no cache held.</summary>
internal static class ConverseUsage
{
    public static ReplyUsage Read(JsonElement usage) =>
        new(Count(usage, "inputTokens"), Count(usage, "outputTokens"), Count(usage, "cacheReadInputTokens"), Count(usage, "cacheWriteInputTokens"));

    private static long Count(JsonElement usage, string name) =>
        usage.Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) ? count : 0;
}
