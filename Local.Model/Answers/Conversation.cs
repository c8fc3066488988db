using Local.Model.Requests;
using Local.Model.Tokens;

namespace Local.Model.Answers;

/// <summary>What an answer is made from.</summary>
/// <param name="Question">The last user message.</param>
/// <param name="Images">How many images came with it.</param>
/// <param name="Background">Every other text of the conversation that may hold product data.</param>
/// <param name="ToolResults">What tools have said since the question.</param>
/// <param name="PartialAnswer">The beginning of an answer that is to be gone on with.</param>
/// <param name="Hash">Tells equal conversations with equal seeds from others.</param>
internal sealed record Conversation(
    string Question,
    int Images,
    IReadOnlyList<string> Background,
    IReadOnlyList<ToolResult> ToolResults,
    string? PartialAnswer,
    ulong Hash)
{
    public static Conversation Of(string prompt, long seed) => new(prompt, 0, [], [], null, StableHash.Of(prompt, seed));

    public static Conversation Of(ChatRequest request)
    {
        var messages = request.Messages;
        var asked = messages.Count - 1;
        while (asked > 0 && messages[asked].Role != "user")
        {
            asked--;
        }

        var question = messages[asked];
        return new Conversation(
            question.Text,
            question.Images,
            [.. messages.Where(message => message.Role is "system" or "developer" or "user").Select(message => message.Text)],
            ToolResultsAfter(messages, asked),
            request.ContinuesFinalMessage ? messages[^1].Text : null,
            StableHash.Of(question.Text, request.Sampling.Seed));
    }

    private static List<ToolResult> ToolResultsAfter(IReadOnlyList<ChatMessage> messages, int asked)
    {
        var results = new List<ToolResult>();
        for (var index = asked + 1; index < messages.Count; index++)
        {
            if (messages[index] is { Role: "tool" or "function" } message)
            {
                var call = messages.SelectMany(other => other.ToolCalls).LastOrDefault(call => call.Id == message.ToolCallId);
                results.Add(new ToolResult(call?.Name ?? "the tool", message.Text));
            }
        }

        return results;
    }
}

internal sealed record ToolResult(string Name, string Text);
