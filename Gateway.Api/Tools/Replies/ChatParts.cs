using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Replies;
using Gateway.Api.Streaming;

namespace Gateway.Api.Tools.Replies;

/// <summary>What the whole and the streamed answer of a chat have in common.</summary>
internal static class ChatParts
{
    public static string NameOf(FinishReason reason) => reason switch
    {
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => "stop",
    };

    /// <summary>What the answer, and every chunk of it, begins with.</summary>
    public static ReplyHead HeadOf(GatewayRequest request, TimeProvider time, string? model, string? fingerprint) =>
        new(ReplyHead.NewId(isChat: true), time.GetUtcNow().ToUnixTimeSeconds(), model ?? request.Target!.Model, IsChat: true) { Fingerprint = fingerprint };

    /// <summary>The usage of all rounds, and what the gateway tells beside it, where it is asked to.</summary>
    public static void WriteEnd(Utf8JsonWriter json, GatewayRequest request, in AnswerEnd end)
    {
        var tokens = end.Tokens;
        new ReplyUsage(tokens.Input, tokens.Output, tokens.CachedInput, tokens.CacheWrite).Write(json, end.ReasoningTokens);
        if (request.WantsDetails)
        {
            json.WritePropertyName("gateway");
            StreamDetails.Write(json, request, end.CostNanoUsd);
        }
    }
}
