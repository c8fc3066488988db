using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Gateway.Api.Responses.Replies;

/// <summary>
/// Writes the events of a stream (https://platform.openai.com/docs/api-reference/responses-streaming), numbered in their order:
/// <c>event: response.output_text.delta</c>, then <c>data: {"type":"response.output_text.delta","sequence_number":4,…}</c>.
/// </summary>
internal sealed class EventStream(IBufferWriter<byte> output, ResponseJson response, bool showsEncryptedReasoning) : IDisposable
{
    private const int LongestNumber = 20;

    private readonly Utf8JsonWriter _json = new(output, Json.WriterOptions);
    private long _sequenceNumber;
    private byte[] _deltaHead = [];
    private byte[] _deltaPlace = [];

    /// <param name="name">Such as <c>response.created</c>.</param>
    /// <param name="state">The response at this moment.</param>
    /// <param name="details">What the gateway tells of the answer beside it; empty where that was not asked for.</param>
    public void Response(string name, ResponseState state, ReadOnlySpan<byte> details = default)
    {
        Begin(name);
        _json.WritePropertyName("response");
        response.Write(_json, state);
        if (!details.IsEmpty)
        {
            _json.WritePropertyName("gateway");
            _json.WriteRawValue(details, skipInputValidation: true);
        }

        End();
    }

    public void ItemAdded(Output items, OutputItem item) => Item("response.output_item.added", items, item);

    public void ItemDone(Output items, OutputItem item) => Item("response.output_item.done", items, item);

    /// <summary>Tells of a part that begins, where its kind is told of, and makes ready for its deltas.</summary>
    public void PartAdded(OutputItem item, PartKind kind)
    {
        if (kind != PartKind.Arguments)
        {
            BeginAt(kind == PartKind.ReasoningSummary ? "response.reasoning_summary_part.added" : "response.content_part.added", item, kind);
            _json.WritePropertyName("part");
            ItemJson.WriteEmptyPart(_json, kind);
            End();
        }

        var name = $"{NameOf(kind)}.delta";
        var index = kind == PartKind.Arguments ? "" : $"\"{IndexOf(kind)}\":{item.Parts.Count},";
        _deltaHead = Encoding.UTF8.GetBytes($"event: {name}\ndata: {{\"type\":\"{name}\",\"sequence_number\":");
        _deltaPlace = Encoding.UTF8.GetBytes($",\"item_id\":\"{item.Id}\",\"output_index\":{item.Index},{index}\"delta\":\"");
    }

    // Most events of a stream are these: two pieces made once for the part, and the text as it came.
    public void Delta(PartKind kind, ReadOnlySpan<byte> text, ReadOnlySpan<byte> logprobs)
    {
        output.Write(_deltaHead);
        Span<byte> number = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(_sequenceNumber++, number, out var digits);
        output.Write(number[..digits]);
        output.Write(_deltaPlace);
        output.Write(text);
        if (kind != PartKind.Text)
        {
            output.Write("\"}\n\n"u8);
            return;
        }

        output.Write("\",\"logprobs\":["u8);
        output.Write(logprobs);
        output.Write("]}\n\n"u8);
    }

    public void PartDone(Output items, OutputItem item, OutputPart part)
    {
        var text = items.TextOf(part.Text);
        BeginAt($"{NameOf(part.Kind)}.done", item, part.Kind, item.Parts.Count - 1);
        if (part.Kind == PartKind.Arguments)
        {
            ItemJson.WriteString(_json, "name", items.TextOf(item.Name));
        }

        ItemJson.WriteString(_json, part.Kind switch { PartKind.Arguments => "arguments", PartKind.Refusal => "refusal", _ => "text" }, text);
        if (part.Kind == PartKind.Text)
        {
            ItemJson.WriteLogprobs(_json, items.LogprobsOf(part.Logprobs));
        }

        End();
        if (part.Kind == PartKind.Arguments)
        {
            return;
        }

        BeginAt(part.Kind == PartKind.ReasoningSummary ? "response.reasoning_summary_part.done" : "response.content_part.done", item, part.Kind, item.Parts.Count - 1);
        _json.WritePropertyName("part");
        ItemJson.WritePart(_json, items, part);
        End();
    }

    /// <summary>An item of the gateway's own tools, which was empty a moment ago and is there in full: <c>response.mcp_call.in_progress</c> and <c>.completed</c>.</summary>
    /// <param name="item">The item.</param>
    /// <param name="members">What it was, but for its id.</param>
    /// <param name="arguments">Of a call: what stands between the quotes of a JSON string.</param>
    /// <param name="end"><c>completed</c> or <c>failed</c>.</param>
    public void McpItem(Output items, OutputItem item, Action<Utf8JsonWriter> members, ReadOnlySpan<byte> arguments, string end)
    {
        Begin("response.output_item.added");
        _json.WriteNumber("output_index", item.Index);
        _json.WriteStartObject("item");
        _json.WriteString("id", item.Id);
        members(_json);
        _json.WriteEndObject();
        End();
        if (item.Kind != OutputKind.McpApprovalRequest)
        {
            var name = item.Kind == OutputKind.McpCall ? "response.mcp_call" : "response.mcp_list_tools";
            At($"{name}.in_progress", item);
            if (item.Kind == OutputKind.McpCall)
            {
                At("response.mcp_call_arguments.delta", item, "delta", arguments);
                At("response.mcp_call_arguments.done", item, "arguments", arguments);
            }

            At($"{name}.{end}", item);
        }

        ItemDone(items, item);
    }

    /// <summary>A comment, which clients skip.</summary>
    public void KeepAlive() => output.Write(": keep-alive\n\n"u8);

    public void Dispose() => _json.Dispose();

    private void Item(string name, Output items, OutputItem item)
    {
        Begin(name);
        _json.WriteNumber("output_index", item.Index);
        _json.WritePropertyName("item");
        ItemJson.Write(_json, items, item, showsEncryptedReasoning);
        End();
    }

    private void At(string name, OutputItem item, string? field = null, ReadOnlySpan<byte> text = default)
    {
        BeginAt(name, item, PartKind.Arguments);
        if (field is not null)
        {
            ItemJson.WriteString(_json, field, [(byte)'"', .. text, (byte)'"']);
        }

        End();
    }

    private void BeginAt(string name, OutputItem item, PartKind kind, int? index = null)
    {
        Begin(name);
        _json.WriteString("item_id", item.Id);
        _json.WriteNumber("output_index", item.Index);
        if (kind != PartKind.Arguments)
        {
            _json.WriteNumber(IndexOf(kind), index ?? item.Parts.Count);
        }
    }

    private void Begin(string name)
    {
        output.Write("event: "u8);
        Encoding.ASCII.GetBytes(name, output);
        output.Write("\ndata: "u8);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type", name);
        _json.WriteNumber("sequence_number", _sequenceNumber++);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n\n"u8);
    }

    private static string IndexOf(PartKind kind) => kind == PartKind.ReasoningSummary ? "summary_index" : "content_index";

    private static string NameOf(PartKind kind) => kind switch
    {
        PartKind.Text => "response.output_text",
        PartKind.Refusal => "response.refusal",
        PartKind.Reasoning => "response.reasoning_text",
        PartKind.ReasoningSummary => "response.reasoning_summary_text",
        _ => "response.function_call_arguments",
    };
}
