using System.Buffers;
using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Replies;
using Gateway.Api.Tools.Calls;

namespace Gateway.Api.Tools.Replies;

/// <summary>Writes the rounds of a chat as one stream of chunks, with a comment for each call that begins or ends: <c>: gateway-tool {"server":"products","tool":"search_catalog","state":"started"}</c>.</summary>
internal sealed class ChatStream(GatewayRequest request, TimeProvider time, IBufferWriter<byte> output) : AnswerWriter
{
    private readonly ArrayBufferWriter<byte> _thought = new();
    private ChunkWriter? _chunks;
    private ReplyHead? _head;
    private string? _fingerprint;
    private int _calls;
    private bool _hasText;
    private bool _isInterrupted;

    public override void Fingerprint(ReadOnlySpan<byte> name) => _fingerprint = Json.Unquote(name);

    public override void Begin(ReadOnlySpan<byte> model)
    {
        _head = ChatParts.HeadOf(request, time, model.IsEmpty ? null : Json.Unquote(model), _fingerprint);
        _chunks = new ChunkWriter(_head, request.Fields.IncludesUsage);
        _chunks.Role();
        Write();
    }

    public override void Reasoning(ReadOnlySpan<byte> text)
    {
        _thought.Write(text);
        _chunks!.Reasoning(Quote(text));
        Write();
    }

    public override void Signature(ReadOnlySpan<byte> signature)
    {
        _chunks!.Thinking(Json.Unquote(_thought.WrittenSpan), Json.Unquote(signature), redacted: null);
        _thought.ResetWrittenCount();
        Write();
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
        _chunks!.Thinking(words: null, signature: null, Json.Unquote(data));
        Write();
    }

    public override void Text(ReadOnlySpan<byte> text)
    {
        if (_isInterrupted && _hasText)
        {
            _chunks!.Content("\"\\n\\n\""u8);
        }

        (_hasText, _isInterrupted) = (true, false);
        _chunks!.Content(Quote(text));
        Write();
    }

    public override void Refusal(ReadOnlySpan<byte> text)
    {
        _chunks!.Refusal(Quote(text));
        Write();
    }

    public override void ToolCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        _chunks!.ToolCall(_calls++, Json.Unquote(id), Json.Unquote(name));
        Write();
    }

    public override void Arguments(ReadOnlySpan<byte> fragment)
    {
        _chunks!.Arguments(_calls - 1, Quote(fragment));
        Write();
    }

    public override void CallStarted(PendingCall call) => Comment(call, "started");

    public override void CallDone(FinishedCall call) => Comment(call.Call, "done");

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> stopSequence)
    {
        _chunks!.Finish(ChatParts.NameOf(reason), stopSequence.IsEmpty ? null : Json.Unquote(stopSequence));
        Write();
    }

    public override void KeepAlive() => output.Write(": keep-alive\n\n"u8);

    public override void End(in AnswerEnd end)
    {
        if (request.Fields.IncludesUsage || request.WantsDetails)
        {
            output.Write("data: "u8);
            using (var json = new Utf8JsonWriter(output, Json.WriterOptions))
            {
                _head!.WriteStart(json, isChunk: true);
                json.WriteEndArray();
                ChatParts.WriteEnd(json, request, end);
                json.WriteEndObject();
            }

            output.Write("\n\n"u8);
        }

        _chunks!.Done();
        Write();
    }

    public override void Fail(Refusal failure)
    {
        output.Write("data: "u8);
        OpenAIErrors.WriteBody(output, failure);
        output.Write("\n\n"u8);
    }

    private void Comment(PendingCall call, string state)
    {
        _isInterrupted = true;
        output.Write(": gateway-tool "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("server", call.Tool?.Label);
            json.WriteString("tool", call.ToolName);
            json.WriteString("state", state);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private void Write()
    {
        output.Write(_chunks!.Written.Span);
        _chunks.Clear();
    }

    private static byte[] Quote(ReadOnlySpan<byte> text) => [(byte)'"', .. text, (byte)'"'];
}
