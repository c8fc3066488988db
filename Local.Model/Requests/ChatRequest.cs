using System.Text.Json.Nodes;

namespace Local.Model.Requests;

internal sealed record ChatRequest
{
    public required string Model { get; init; }

    public required Sampling Sampling { get; init; }

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public IReadOnlyList<Tool> Tools { get; init; } = [];

    public ToolChoice ToolChoice { get; init; } = ToolChoice.Auto;

    public bool ParallelToolCalls { get; init; } = true;

    public ResponseFormat Format { get; init; } = ResponseFormat.Text;

    /// <summary>vLLM's continue_final_message: the last message is a partial answer to be gone on with.</summary>
    public bool ContinuesFinalMessage { get; init; }
}

internal sealed record ChatMessage(string Role, string Text, int Images, string? ToolCallId, IReadOnlyList<MessageToolCall> ToolCalls);

internal sealed record MessageToolCall(string Id, string Name, string Arguments);

internal sealed record Tool(string Name, string Description, JsonNode Schema, string Source);

internal sealed record ToolChoice(ToolChoiceKind Kind, string? Name = null)
{
    public static readonly ToolChoice Auto = new(ToolChoiceKind.Auto);
}

internal enum ToolChoiceKind
{
    Auto,
    None,
    Required,
    Named,
}

internal sealed record ResponseFormat(ResponseFormatKind Kind, JsonNode? Schema = null)
{
    public static readonly ResponseFormat Text = new(ResponseFormatKind.Text);
}

internal enum ResponseFormatKind
{
    Text,
    JsonObject,
    JsonSchema,
}
