using ServiceDefaults.Usage;

namespace Gateway.Api.Streaming;

/// <summary>
/// OpenAI's <c>usage</c> object: <c>{"prompt_tokens":30,"completion_tokens":5,"total_tokens":35,"prompt_tokens_details":{"cached_tokens":20}}</c>.
/// A number that is none, or below zero, stands here as -1.
/// </summary>
/// <param name="Prompt"><c>prompt_tokens</c>, or <c>input_tokens</c>, all classes together.</param>
/// <param name="Completion"><c>completion_tokens</c>, or <c>output_tokens</c>; 0 where it is not there, as with embeddings.</param>
/// <param name="Cached"><c>prompt_tokens_details.cached_tokens</c>.</param>
/// <param name="CacheWrite"><c>prompt_tokens_details.cache_write_tokens</c>.</param>
/// <param name="Reasoning"><c>completion_tokens_details.reasoning_tokens</c>, a part of the completion; 0 where it is not told.</param>
internal readonly record struct ReportedUsage(long Prompt, long Completion, long Cached, long CacheWrite, long Reasoning = 0)
{
    /// <summary>More than any model takes or makes; sums of them stay far from the end of 64 bits.</summary>
    private const long MaxTokens = 1_000_000_000_000;

    /// <summary>The four classes, or null where the numbers contradict each other or cannot be.</summary>
    public UsageTokens? ToTokens() =>
        IsCount(Prompt) && IsCount(Completion) && IsCount(Cached) && IsCount(CacheWrite) && Cached + CacheWrite <= Prompt
            ? new UsageTokens(Prompt - Cached - CacheWrite, Cached, CacheWrite, Completion)
            : null;

    private static bool IsCount(long tokens) => tokens is >= 0 and <= MaxTokens;
}
