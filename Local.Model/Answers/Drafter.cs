using Local.Model.Requests;

namespace Local.Model.Answers;

/// <summary>Decides what to say, the first that fits: tool calls; JSON in the form asked for; a plain reply.</summary>
internal static class Drafter
{
    public static Draft Draft(ChatRequest request, Conversation conversation, int index) =>
        Answers.Draft.Of(Continued(Reply(conversation, index), conversation.PartialAnswer));

    /// <summary>A plain reply, the first that fits.</summary>
    public static string Reply(Conversation conversation, int index) =>
        SmallTalk.Repeat(conversation, index)
        ?? SmallTalk.Greet(conversation, index)
        ?? Arithmetic.Answer(conversation, index)
        ?? SmallTalk.Discuss(conversation, index);

    /// <summary>What is left of a reply whose beginning was said before; the whole of it where that was something else.</summary>
    private static string Continued(string reply, string? partial) =>
        partial is not null && reply.StartsWith(partial, StringComparison.Ordinal) ? reply[partial.Length..] : reply;
}
