namespace Local.Model.Answers;

/// <summary>What the model would like to say, before limits are applied: text, or tool calls.</summary>
internal sealed record Draft(string Text, IReadOnlyList<ToolCall> Calls)
{
    public static Draft Of(string text) => new(text, []);
}

internal sealed record ToolCall(string Name, string Arguments);
