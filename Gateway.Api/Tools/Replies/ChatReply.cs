using System.Buffers;
using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Replies;
using Gateway.Api.Tools.Calls;

namespace Gateway.Api.Tools.Replies;

/// <summary>Writes the rounds of a chat as one whole reply.</summary>
internal sealed class ChatReply(GatewayRequest request, TimeProvider time, IBufferWriter<byte> output) : AnswerWriter
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly ArrayBufferWriter<byte> _reasoning = new();
    private readonly ArrayBufferWriter<byte> _refusal = new();
    private readonly List<(byte[] Id, byte[] Name, ArrayBufferWriter<byte> Arguments)> _calls = [];
    private readonly List<(string? Words, string? Signature, string? Redacted)> _thinking = [];
    private string? _model;
    private string? _fingerprint;
    private FinishReason _reason;
    private byte[] _stopSequence = [];
    private int _thoughtFrom;
    private bool _isInterrupted;

    public override void Fingerprint(ReadOnlySpan<byte> name) => _fingerprint = Json.Unquote(name);

    public override void Begin(ReadOnlySpan<byte> model) => _model = model.IsEmpty ? null : Json.Unquote(model);

    public override void Reasoning(ReadOnlySpan<byte> text) => _reasoning.Write(text);

    public override void Signature(ReadOnlySpan<byte> signature)
    {
        _thinking.Add((Json.Unquote(_reasoning.WrittenSpan[_thoughtFrom..]), Json.Unquote(signature), null));
        _thoughtFrom = _reasoning.WrittenCount;
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data) => _thinking.Add((null, null, Json.Unquote(data)));

    public override void Text(ReadOnlySpan<byte> text)
    {
        _text.Write(_isInterrupted && _text.WrittenCount > 0 ? "\\n\\n"u8 : default);
        _isInterrupted = false;
        _text.Write(text);
    }

    public override void Refusal(ReadOnlySpan<byte> text) => _refusal.Write(text);

    public override void ToolCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name) => _calls.Add((id.ToArray(), name.ToArray(), new ArrayBufferWriter<byte>()));

    public override void Arguments(ReadOnlySpan<byte> fragment) => _calls[^1].Arguments.Write(fragment);

    public override void CallDone(FinishedCall call) => _isInterrupted = true;

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> stopSequence) => (_reason, _stopSequence) = (reason, stopSequence.ToArray());

    public override void Fail(Refusal failure) => throw new NotSupportedException("A whole answer does not break off.");

    public override void End(in AnswerEnd end)
    {
        using var json = new Utf8JsonWriter(output, Json.WriterOptions);
        ChatParts.HeadOf(request, time, _model, _fingerprint).WriteStart(json);
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        WriteMessage(json);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", ChatParts.NameOf(_reason));
        if (_stopSequence.Length > 0)
        {
            WriteText(json, "stop_reason", _stopSequence);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        ChatParts.WriteEnd(json, request, end);
        json.WriteEndObject();
    }

    private void WriteMessage(Utf8JsonWriter json)
    {
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        WriteText(json, "content", _text.WrittenSpan, isThere: _text.WrittenCount > 0 || _calls.Count == 0);
        WriteText(json, "refusal", _refusal.WrittenSpan, isThere: _refusal.WrittenCount > 0);
        if (_reasoning.WrittenCount > 0)
        {
            WriteText(json, "reasoning_content", _reasoning.WrittenSpan);
        }

        if (_thinking.Count > 0)
        {
            json.WriteStartArray("thinking_blocks");
            _thinking.ForEach(block => MessageParts.WriteThinking(json, block.Words, block.Signature, block.Redacted));
            json.WriteEndArray();
        }

        if (_calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            _calls.ForEach(call => WriteCall(json, call));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, (byte[] Id, byte[] Name, ArrayBufferWriter<byte> Arguments) call)
    {
        json.WriteStartObject();
        WriteText(json, "id", call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        WriteText(json, "name", call.Name);
        WriteText(json, "arguments", call.Arguments.WrittenSpan);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, ReadOnlySpan<byte> raw, bool isThere = true)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(isThere ? [(byte)'"', .. raw, (byte)'"'] : "null"u8, skipInputValidation: true);
    }
}
