using System.Text.Json;

namespace Gateway.Api.Responses.Replies;

/// <summary>An item of an answer as it grows. What is text in it stands in the <see cref="OutputText"/> of the answer.</summary>
internal sealed class OutputItem(OutputKind kind, string id, int index)
{
    public OutputKind Kind { get; } = kind;

    public string Id { get; } = id;

    /// <summary>Its place in the output.</summary>
    public int Index { get; } = index;

    /// <summary>The parts of a message or of reasoning; the arguments of a call are its one part.</summary>
    public List<OutputPart> Parts { get; } = [];

    /// <summary>A call's id, as a JSON string.</summary>
    public Range CallId { get; init; }

    /// <summary>The function that a call names, as a JSON string.</summary>
    public Range Name { get; init; }

    /// <summary>What is written of an item of the gateway's own tools: all but its id.</summary>
    public Action<Utf8JsonWriter>? Members { get; init; }

    /// <summary>Reasoning that its provider takes back, sealed.</summary>
    public string? EncryptedContent { get; set; }

    public OutputStatus Status { get; set; } = OutputStatus.InProgress;
}
