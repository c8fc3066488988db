using System.Buffers;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Tools.Calls;

namespace Gateway.Api.Tools.Replies;

/// <summary>
/// Takes the events of one round's answer after the other and tells them on as one answer, but for the calls that the gateway makes itself: those it gathers, with
/// what the model said beside them, for the next round.
/// </summary>
internal sealed class RoundWriter(AnswerWriter answer, ToolUse tools) : AnswerWriter
{
    private readonly List<PendingCall> _approvals = [];
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly ArrayBufferWriter<byte> _thought = new();
    private readonly ArrayBufferWriter<byte> _thinking = new();
    private PendingCall? _open;
    private bool _hasBegun;

    /// <summary>Calls that the caller has allowed, which were made before the first round.</summary>
    public IReadOnlyList<FinishedCall> Before { get; set; } = [];

    /// <summary>The calls of this round that are for the gateway to make.</summary>
    public List<PendingCall> Calls { get; private set; } = [];

    /// <summary>Whether there are calls that are the caller's to make, or to allow.</summary>
    public bool HandsBack { get; private set; }

    /// <summary>Why the model stopped; null where it did not say.</summary>
    public FinishReason? Reason { get; private set; }

    public byte[] StopSequence { get; private set; } = [];

    /// <summary>What the model said in this round, as it stands in a JSON string.</summary>
    public ReadOnlySpan<byte> Said => _text.WrittenSpan;

    /// <summary>The blocks of thinking that its provider wants back: what stands between the brackets of a JSON list.</summary>
    public ReadOnlySpan<byte> Thinking => _thinking.WrittenSpan;

    public void BeginRound()
    {
        (Calls, HandsBack, Reason, StopSequence, _open) = ([], false, null, [], null);
        _text.ResetWrittenCount();
        _thought.ResetWrittenCount();
        _thinking.ResetWrittenCount();
        _approvals.Clear();
    }

    /// <summary>Tells of the calls that wait for approval, which are known in full now.</summary>
    public void EndRound() => _approvals.ForEach(answer.Approval);

    public override void Fingerprint(ReadOnlySpan<byte> name)
    {
        if (!_hasBegun)
        {
            answer.Fingerprint(name);
        }
    }

    public override void Begin(ReadOnlySpan<byte> model)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            answer.Begin(model);
            answer.Servers(tools.Offered);
            foreach (var call in Before)
            {
                answer.CallDone(call);
            }
        }
    }

    public override void Reasoning(ReadOnlySpan<byte> text)
    {
        _thought.Write(text);
        answer.Reasoning(text);
    }

    public override void Signature(ReadOnlySpan<byte> signature)
    {
        Separate();
        _thinking.Write("{\"type\":\"thinking\",\"thinking\":\""u8);
        _thinking.Write(_thought.WrittenSpan);
        _thinking.Write("\",\"signature\":\""u8);
        _thinking.Write(signature);
        _thinking.Write("\"}"u8);
        _thought.ResetWrittenCount();
        answer.Signature(signature);
    }

    public override void RedactedReasoning(ReadOnlySpan<byte> data)
    {
        Separate();
        _thinking.Write("{\"type\":\"redacted_thinking\",\"data\":\""u8);
        _thinking.Write(data);
        _thinking.Write("\"}"u8);
        answer.RedactedReasoning(data);
    }

    public override void Logprobs(ReadOnlySpan<byte> list) => answer.Logprobs(list);

    public override void Text(ReadOnlySpan<byte> text)
    {
        _text.Write(text);
        answer.Text(text);
    }

    public override void Refusal(ReadOnlySpan<byte> text) => answer.Refusal(text);

    public override void ToolCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        var call = new PendingCall(id.ToArray(), name.ToArray(), tools);
        _open = null;
        if (call.Tool is null && tools.Functions.Contains(call.ToolName))
        {
            HandsBack = true;
            answer.ToolCall(id, name);
            return;
        }

        _open = call;
        if (call.Tool is { RunsByItself: false })
        {
            HandsBack = true;
            _approvals.Add(call);
        }
        else
        {
            Calls.Add(call);
        }
    }

    public override void Arguments(ReadOnlySpan<byte> fragment)
    {
        if (_open is null)
        {
            answer.Arguments(fragment);
        }
        else
        {
            _open.Append(fragment);
        }
    }

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> stopSequence) => (Reason, StopSequence) = (reason, stopSequence.ToArray());

    public override void KeepAlive() => answer.KeepAlive();

    public override void End(in AnswerEnd end) => answer.End(end);

    public override void Fail(Refusal failure) => answer.Fail(failure);

    private void Separate() => _thinking.Write(_thinking.WrittenCount > 0 ? ","u8 : default);
}
