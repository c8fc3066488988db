using System.Buffers;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Messages;

/// <summary>Writes a message as a whole: <c>{"id":"msg_…","type":"message","role":"assistant","model":"…","content":[…],"stop_reason":"end_turn",…}</c>.</summary>
internal sealed class MessageReply(string id, GatewayRequest request, IBufferWriter<byte> output) : MessageWriter(id, request, output)
{
    private readonly ToolInput _input = new();
    private byte[] _signature = [];
    private bool _hasBlocks;

    public override void Fail(Refusal failure) => throw new NotSupportedException("A whole answer does not break off.");

    protected override void BeginMessage(ReadOnlySpan<byte> model) => WriteHead(model);

    protected override void BeginBlock(BlockKind kind)
    {
        Separate();
        Output.Write(kind == BlockKind.Text ? "{\"type\":\"text\",\"text\":\""u8 : "{\"type\":\"thinking\",\"thinking\":\""u8);
    }

    protected override void BeginToolUse(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        Separate();
        WriteToolUse(id, name);
    }

    protected override void AddThinking(ReadOnlySpan<byte> text) => Output.Write(text);

    protected override void AddSignature(ReadOnlySpan<byte> signature) => _signature = signature.ToArray();

    protected override void AddText(ReadOnlySpan<byte> text) => Output.Write(text);

    protected override void AddInput(ReadOnlySpan<byte> fragment) => _input.Add(fragment);

    protected override void EndBlock(BlockKind kind)
    {
        switch (kind)
        {
            case BlockKind.Thinking:
                Output.Write("\",\"signature\":\""u8);
                Output.Write(_signature);
                Output.Write("\"}"u8);
                _signature = [];
                break;
            case BlockKind.ToolUse:
                // Cut off by the limit of tokens it is no JSON, which the reason to stop tells.
                Fault ??= _input.TryTake(Output) || Reason == FinishReason.Length ? null : "called a tool with arguments that are no JSON object.";
                Output.Write("}"u8);
                break;
            default:
                Output.Write("\"}"u8);
                break;
        }
    }

    protected override void WriteRedacted(ReadOnlySpan<byte> data)
    {
        Separate();
        Output.Write("{\"type\":\"redacted_thinking\",\"data\":\""u8);
        Output.Write(data);
        Output.Write("\"}"u8);
    }

    protected override void EndMessage(in AnswerEnd end)
    {
        Output.Write("],"u8);
        WriteStop();
        Output.Write(","u8);
        WriteUsage(end);
        Output.Write("}"u8);
    }

    private void Separate()
    {
        if (_hasBlocks)
        {
            Output.Write(","u8);
        }

        _hasBlocks = true;
    }
}
