using System.Buffers;
using System.Text.Json;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Tools.Calls;

/// <summary>A call of a tool as the model makes it.</summary>
/// <param name="id">Its id, as it stands in a JSON string.</param>
/// <param name="name">The function that it names, as it stands in a JSON string.</param>
/// <param name="tools">What there is to be called.</param>
internal sealed class PendingCall(byte[] id, byte[] name, ToolUse tools)
{
    private readonly ArrayBufferWriter<byte> _arguments = new();

    public byte[] Id => id;

    public byte[] Name => name;

    /// <summary>What it names; null where that is the caller's, or the model has invented it.</summary>
    public OfferedTool? Tool { get; } = tools.Find(Json.Unquote(name));

    /// <summary>The tool's own name, or that which the model has given.</summary>
    public string ToolName => Tool?.Tool.Name ?? Json.Unquote(name);

    /// <summary>The request for approval that the caller has answered; null where there was none.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>Its arguments, as they stand in a JSON string.</summary>
    public ReadOnlySpan<byte> RawArguments => _arguments.WrittenSpan;

    public void Append(ReadOnlySpan<byte> fragment) => _arguments.Write(fragment);

    /// <summary>The arguments, or null where they are no JSON object. None at all are an empty one.</summary>
    public JsonElement? Arguments()
    {
        try
        {
            var text = Json.Unquote(RawArguments);
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
