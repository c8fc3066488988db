using Local.Model.Requests;
using Local.Model.Tools;

namespace Local.Model.Answers;

/// <summary>Decides what to say, the first that fits: tool calls; JSON in the form asked for; a plain reply.</summary>
internal static class Drafter
{
    public static Draft Draft(ChatRequest request, Conversation conversation, int index)
    {
        if (ToolChooser.Choose(request, conversation) is { Count: > 0 } calls)
        {
            return new Draft("", calls);
        }

        var reply = Reply(conversation, index);
        return Answers.Draft.Of(Continued(JsonReply.Answer(request.Format, conversation, reply) ?? reply, conversation.PartialAnswer));
    }

    /// <summary>A plain reply, the first that fits.</summary>
    public static string Reply(Conversation conversation, int index) =>
        Numbered(ToolResultReply.Answer(conversation), index)
        ?? SmallTalk.Repeat(conversation, index)
        ?? SmallTalk.Greet(conversation, index)
        ?? SmallTalk.Introduce(conversation, index)
        ?? Numbered(ProductReply.Answer(conversation), index)
        ?? Arithmetic.Answer(conversation, index)
        ?? SmallTalk.Discuss(conversation, index);

    private static string? Numbered(string? reply, int index) => reply is null ? null : SmallTalk.Numbered(reply, index, period: 1);

    /// <summary>What is left of a reply whose beginning was said before; the whole of it where that was something else.</summary>
    private static string Continued(string reply, string? partial) =>
        partial is not null && reply.StartsWith(partial, StringComparison.Ordinal) ? reply[partial.Length..] : reply;
}
