using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Models;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>What <c>reasoning_effort</c> comes to for a model.</summary>
/// <param name="Style">How it is told; none where the model is to answer at once.</param>
/// <param name="Effort">low, medium or high.</param>
/// <param name="IsCallers">The caller sent <c>thinking</c> itself; it is passed on, and no other is made.</param>
internal sealed record Reasoning(ReasoningStyle Style, string Effort, bool IsCallers = false)
{
    public static readonly Reasoning None = new(ReasoningStyle.None, "");

    private const int LeastBudget = 1024;
    private const int AnswerTokens = 4096;

    public bool IsClaude => Style == ReasoningStyle.Claude;

    public static Reasoning Read(JsonElement root, Conversation conversation, Translation translation)
    {
        // Where both are given, models other than Claude go by the effort.
        if (root.Find("thinking")?.FindText("type") is "enabled" or "adaptive" && (translation.Quirks.Reasoning == ReasoningStyle.Claude || root.Find("reasoning_effort") is null))
        {
            return new Reasoning(ReasoningStyle.Claude, "", IsCallers: true);
        }

        if (root.Find("reasoning_effort") is not { } given || given.ValueKind != JsonValueKind.String || given.GetString() is "none" or "")
        {
            return None;
        }

        var style = translation.Quirks.Reasoning;
        if (style == ReasoningStyle.None)
        {
            translation.Ignore("reasoning_effort");
            return None;
        }

        if (style == ReasoningStyle.Claude && conversation.LacksReasoningOfLastCall)
        {
            translation.Warn("reasoning_effort was ignored: the tool call that this request answers came without the thinking_blocks of its reply");
            return None;
        }

        return new Reasoning(style, given.GetString() switch { "minimal" or "low" => "low", "medium" => "medium", _ => "high" });
    }

    /// <summary>How many tokens Claude may think, and how many it may make in all: always more, so that an answer has room.</summary>
    public (int Budget, int MaxTokens) BudgetFor(int? maxTokens)
    {
        var budget = Effort switch { "low" => 1024, "medium" => 4096, _ => 16384 };
        if (maxTokens is not { } limit)
        {
            return (budget, budget + AnswerTokens);
        }

        budget = Math.Clamp(limit - (limit / 4), LeastBudget, budget);
        return (budget, limit > budget ? limit : budget + limit);
    }
}
