namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>A request's messages in Converse's order: system apart, and user and assistant in turn.</summary>
/// <param name="System">What goes into <c>system</c>.</param>
/// <param name="Turns">What goes into <c>messages</c>.</param>
/// <param name="CalledTools">The tools that the history names, each once.</param>
internal sealed record Conversation(IReadOnlyList<Block> System, IReadOnlyList<Turn> Turns, IReadOnlyCollection<string> CalledTools)
{
    public bool EndsWithAssistant => Turns is [.., { IsUser: false }];

    /// <summary>Whether the answer goes on from a tool's result to a call that came without its reasoning, which Claude refuses to think on from.</summary>
    public bool LacksReasoningOfLastCall => Turns is [.., { HasToolUse: true, HasReasoning: false }, { HasToolResult: true }];
}
