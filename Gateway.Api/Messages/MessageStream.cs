using System.Buffers;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Messages;

/// <summary>
/// Writes a message as a stream (https://docs.anthropic.com/en/api/messages-streaming): <c>message_start</c>, for each block
/// <c>content_block_start</c>, its deltas and <c>content_block_stop</c>, then <c>message_delta</c> and <c>message_stop</c>. One that breaks
/// ends in <c>error</c>.
/// </summary>
internal sealed class MessageStream(string id, GatewayRequest request, IBufferWriter<byte> output) : MessageWriter(id, request, output)
{
    private int _block;

    public override void KeepAlive() => Output.Write("event: ping\ndata: {\"type\":\"ping\"}\n\n"u8);

    public override void Fail(Refusal failure)
    {
        Output.Write("event: error\ndata: "u8);
        AnthropicErrors.WriteBody(Output, failure, Request.Http.TraceIdentifier);
        Output.Write("\n\n"u8);
    }

    // The usage is known at the end, and message_delta has all of it.
    protected override void BeginMessage(ReadOnlySpan<byte> model)
    {
        Output.Write("event: message_start\ndata: {\"type\":\"message_start\",\"message\":"u8);
        WriteHead(model);
        Output.Write("],\"stop_reason\":null,\"stop_sequence\":null,"u8);
        WriteUsage(default);
        Output.Write("}}\n\n"u8);
    }

    protected override void BeginBlock(BlockKind kind)
    {
        BeginStart();
        Output.Write(kind == BlockKind.Text ? "{\"type\":\"text\",\"text\":\"\"}}\n\n"u8 : "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n"u8);
    }

    protected override void BeginToolUse(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        BeginStart();
        WriteToolUse(id, name);
        Output.Write("{}}}\n\n"u8);
    }

    protected override void AddThinking(ReadOnlySpan<byte> text) => WriteDelta("{\"type\":\"thinking_delta\",\"thinking\":\""u8, text);

    protected override void AddSignature(ReadOnlySpan<byte> signature) => WriteDelta("{\"type\":\"signature_delta\",\"signature\":\""u8, signature);

    protected override void AddText(ReadOnlySpan<byte> text) => WriteDelta("{\"type\":\"text_delta\",\"text\":\""u8, text);

    protected override void AddInput(ReadOnlySpan<byte> fragment) => WriteDelta("{\"type\":\"input_json_delta\",\"partial_json\":\""u8, fragment);

    protected override void EndBlock(BlockKind kind)
    {
        Output.Write("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":"u8);
        Write(_block++);
        Output.Write("}\n\n"u8);
    }

    protected override void WriteRedacted(ReadOnlySpan<byte> data)
    {
        BeginStart();
        Output.Write("{\"type\":\"redacted_thinking\",\"data\":\""u8);
        Output.Write(data);
        Output.Write("\"}}\n\n"u8);
        EndBlock(BlockKind.Thinking);
    }

    protected override void EndMessage(in AnswerEnd end)
    {
        Output.Write("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{"u8);
        WriteStop();
        Output.Write("},"u8);
        WriteUsage(end);
        WriteDetails(end);
        Output.Write("}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    private void BeginStart()
    {
        Output.Write("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":"u8);
        Write(_block);
        Output.Write(",\"content_block\":"u8);
    }

    private void WriteDelta(ReadOnlySpan<byte> head, ReadOnlySpan<byte> text)
    {
        Output.Write("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":"u8);
        Write(_block);
        Output.Write(",\"delta\":"u8);
        Output.Write(head);
        Output.Write(text);
        Output.Write("\"}}\n\n"u8);
    }
}
