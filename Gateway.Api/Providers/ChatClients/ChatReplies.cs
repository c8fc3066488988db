using System.Text.Json;
using Gateway.Api.Providers.Replies;
using Microsoft.Extensions.AI;

namespace Gateway.Api.Providers.ChatClients;

/// <summary>What whole and streamed replies of chat clients have in common.</summary>
internal static class ChatReplies
{
    private const string ToolCalls = "tool_calls";

    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static ReplyHead HeadOf(string? id, DateTimeOffset? created, string model, TimeProvider time) =>
        new(string.IsNullOrEmpty(id) ? ReplyHead.NewId(isChat: true) : id, (created ?? time.GetUtcNow()).ToUnixTimeSeconds(), model, IsChat: true);

    /// <summary>OpenAI's word for why an answer ended. A client that does not say has said all there is.</summary>
    public static string FinishOf(ChatFinishReason? reason, bool hasCalls) => reason?.Value switch
    {
        "length" => "length",
        "content_filter" => "content_filter",
        _ => hasCalls ? ToolCalls : "stop",
    };

    /// <summary>Whether the caller is to run it: a call that the client has run itself is none of the caller's.</summary>
    public static bool IsForCaller(FunctionCallContent call) => !call.InformationalOnly;

    public static byte[] ArgumentsOf(FunctionCallContent call) => JsonSerializer.SerializeToUtf8Bytes(call.Arguments ?? new Dictionary<string, object?>(), Compact);

    public static ReplyUsage UsageOf(UsageDetails usage)
    {
        var cached = usage.CachedInputTokenCount ?? 0;
        return new ReplyUsage(Math.Max(0, (usage.InputTokenCount ?? 0) - cached), usage.OutputTokenCount ?? 0, cached, CacheWrite: 0);
    }
}
