using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Streaming;

namespace Gateway.Api.Messages;

/// <summary>Puts the events of an answer into the blocks of a message. What a block looks like, whole or streamed, is for those who inherit.</summary>
internal abstract class MessageWriter(string id, GatewayRequest request, IBufferWriter<byte> output) : AnswerWriter
{
    private BlockKind _open;
    private bool _callsTools;
    private bool _refuses;
    private byte[] _stopSequence = [];

    protected string Id { get; } = id;

    protected GatewayRequest Request { get; } = request;

    protected IBufferWriter<byte> Output { get; } = output;

    protected FinishReason? Reason { get; private set; }

    public sealed override void Begin(ReadOnlySpan<byte> model) =>
        BeginMessage(model.IsEmpty ? JsonEncodedText.Encode(Request.Target!.Model).EncodedUtf8Bytes : model);

    public sealed override void Reasoning(ReadOnlySpan<byte> text)
    {
        Open(BlockKind.Thinking);
        AddThinking(text);
    }

    public sealed override void Signature(ReadOnlySpan<byte> signature)
    {
        Open(BlockKind.Thinking);
        AddSignature(signature);
        Close();
    }

    public sealed override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
        Close();
        WriteRedacted(data);
    }

    public sealed override void Text(ReadOnlySpan<byte> text)
    {
        Open(BlockKind.Text);
        AddText(text);
    }

    public sealed override void Refusal(ReadOnlySpan<byte> text)
    {
        _refuses = true;
        Text(text);
    }

    public sealed override void ToolCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        Close();
        (_open, _callsTools) = (BlockKind.ToolUse, true);
        BeginToolUse(id, name);
    }

    public sealed override void Arguments(ReadOnlySpan<byte> fragment) => AddInput(fragment);

    public sealed override void Finish(FinishReason reason, ReadOnlySpan<byte> stopSequence) => (Reason, _stopSequence) = (reason, stopSequence.ToArray());

    public sealed override void End(in AnswerEnd end)
    {
        Close();
        EndMessage(end);
    }

    /// <summary>A message up to its content, a list that is still open.</summary>
    protected void WriteHead(ReadOnlySpan<byte> model)
    {
        Output.Write("{\"id\":\""u8);
        Encoding.ASCII.GetBytes(Id, Output);
        Output.Write("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""u8);
        Output.Write(model);
        Output.Write("\",\"content\":["u8);
    }

    /// <summary>A tool's call up to its input.</summary>
    protected void WriteToolUse(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        Output.Write("{\"type\":\"tool_use\",\"id\":\""u8);
        Output.Write(id);
        Output.Write("\",\"name\":\""u8);
        Output.Write(name);
        Output.Write("\",\"input\":"u8);
    }

    protected abstract void BeginMessage(ReadOnlySpan<byte> model);

    protected abstract void BeginBlock(BlockKind kind);

    protected abstract void BeginToolUse(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name);

    protected abstract void AddThinking(ReadOnlySpan<byte> text);

    protected abstract void AddSignature(ReadOnlySpan<byte> signature);

    protected abstract void AddText(ReadOnlySpan<byte> text);

    protected abstract void AddInput(ReadOnlySpan<byte> fragment);

    protected abstract void EndBlock(BlockKind kind);

    protected abstract void WriteRedacted(ReadOnlySpan<byte> data);

    protected abstract void EndMessage(in AnswerEnd end);

    /// <summary><c>"stop_reason":"end_turn","stop_sequence":null</c></summary>
    protected void WriteStop()
    {
        Output.Write("\"stop_reason\":\""u8);
        Output.Write(StopReason);
        Output.Write("\",\"stop_sequence\":"u8);
        if (_stopSequence.Length == 0)
        {
            Output.Write("null"u8);
            return;
        }

        Output.Write("\""u8);
        Output.Write(_stopSequence);
        Output.Write("\""u8);
    }

    /// <summary><c>"usage":{…}</c>, where the input is what no cache held.</summary>
    protected void WriteUsage(in AnswerEnd end)
    {
        Output.Write("\"usage\":{\"input_tokens\":"u8);
        Write(end.Tokens.Input);
        Output.Write(",\"cache_creation_input_tokens\":"u8);
        Write(end.Tokens.CacheWrite);
        Output.Write(",\"cache_read_input_tokens\":"u8);
        Write(end.Tokens.CachedInput);
        Output.Write(",\"output_tokens\":"u8);
        Write(end.Tokens.Output);
        Output.Write("}"u8);
    }

    protected void Write(long number)
    {
        number.TryFormat(Output.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        Output.Advance(written);
    }

    /// <summary>What the head of a stream could not tell, where the caller wants it.</summary>
    protected void WriteDetails(in AnswerEnd end)
    {
        if (Request.WantsDetails)
        {
            Output.Write(",\"gateway\":"u8);
            StreamDetails.Write(Output, Request, end.CostNanoUsd);
        }
    }

    private ReadOnlySpan<byte> StopReason => Reason switch
    {
        FinishReason.Length => "max_tokens"u8,
        FinishReason.ContentFilter => "refusal"u8,
        _ when _refuses => "refusal"u8,
        _ when _callsTools => "tool_use"u8,
        _ => _stopSequence.Length > 0 ? "stop_sequence"u8 : "end_turn"u8,
    };

    private void Open(BlockKind kind)
    {
        if (_open != kind)
        {
            Close();
            _open = kind;
            BeginBlock(kind);
        }
    }

    private void Close()
    {
        if (_open != BlockKind.None)
        {
            EndBlock(_open);
            _open = BlockKind.None;
        }
    }
}
