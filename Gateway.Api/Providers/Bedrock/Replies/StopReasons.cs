using Gateway.Api.Providers.Bedrock.Requests;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>Why a model stopped, in OpenAI's words.</summary>
internal static class StopReasons
{
    public const string Stop = "stop";
    public const string ToolCalls = "tool_calls";

    /// <summary>The stop sequence that was met, where it can be told: <c>stop_reason</c> beside the finish reason, as vLLM has it.</summary>
    public static string? SequenceOf(string? stopReason, Translation translation) => stopReason == "stop_sequence" ? translation.StopSequence : null;

    /// <summary>OpenAI's word; null for a reason that is not known.</summary>
    public static string? Find(string? stopReason) => stopReason switch
    {
        "end_turn" or "stop_sequence" => Stop,
        "max_tokens" or "model_context_window_exceeded" => "length",
        "tool_use" => ToolCalls,
        "content_filtered" or "guardrail_intervened" => "content_filter",
        _ => null,
    };
}
