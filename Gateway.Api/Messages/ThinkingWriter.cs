using System.Text.Json;

namespace Gateway.Api.Messages;

/// <summary>
/// Writes how much a model is to think: <c>thinking</c> as it came, for a provider that takes its budget to the letter, and beside it the
/// <c>reasoning_effort</c> that comes nearest.
/// </summary>
internal sealed class ThinkingWriter(JsonElement root, ChatDraft draft)
{
    private const int LargestLowBudget = 2048;
    private const int LargestMediumBudget = 8192;

    public void Write()
    {
        var effort = ReadEffort();
        switch (root.Find("thinking"))
        {
            case null:
                WarnOfEffort(effort);
                break;
            case { ValueKind: JsonValueKind.Object } thinking:
                Write(thinking, effort);
                break;
            default:
                draft.Refuse("'thinking' must be an object.", "thinking");
                break;
        }
    }

    private void Write(JsonElement thinking, string? effort)
    {
        switch (thinking.FindText("type"))
        {
            case "disabled":
                WarnOfEffort(effort);
                break;
            case "enabled" when thinking.Find("budget_tokens") is { ValueKind: JsonValueKind.Number } budget && budget.TryGetInt32(out var tokens) && tokens > 0:
                Write(thinking, effort ?? EffortOf(tokens), "thinking.budget_tokens was not kept to: reasoning_effort stood for it");
                break;
            case "enabled":
                draft.Refuse("'thinking.budget_tokens' must be a whole number from 1 on.", "thinking.budget_tokens");
                break;
            case "adaptive":
                Write(thinking, effort ?? "medium", "thinking was left to reasoning_effort");
                break;
            default:
                draft.Refuse("'thinking.type' must be enabled, disabled or adaptive.", "thinking.type");
                break;
        }
    }

    private void Write(JsonElement thinking, string effort, string warning)
    {
        draft.Json.WriteString("reasoning_effort", effort);
        draft.Extend("thinking", thinking, warning);
    }

    // {"output_config":{"effort":"high"}}
    private string? ReadEffort()
    {
        switch (root.Find("output_config"))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Object } config:
                draft.Expect(config, "output_config", ["effort", "format"]);
                return config.Find("effort") is null ? null : EffortOf(config.FindText("effort"));
            default:
                draft.Refuse("'output_config' must be an object.", "output_config");
                return null;
        }
    }

    private string? EffortOf(string? word)
    {
        if (word is not ("low" or "medium" or "high" or "xhigh" or "max"))
        {
            draft.Refuse("'output_config.effort' must be low, medium, high, xhigh or max.", "output_config.effort");
        }

        return word is "xhigh" or "max" ? "high" : word;
    }

    private static string EffortOf(int budget) => budget switch { <= LargestLowBudget => "low", <= LargestMediumBudget => "medium", _ => "high" };

    // For most models it would be an order to think, which the caller has not given.
    private void WarnOfEffort(string? effort)
    {
        if (effort is not null)
        {
            draft.Warn("output_config.effort was ignored: thinking is not on");
        }
    }
}
