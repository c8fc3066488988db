using Gateway.Api.Pipeline;
using Gateway.Api.Tools.Calls;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Answers;

/// <summary>
/// Takes the events of an answer in their order and writes them in the form of one API, whole or as a stream. Text comes as it stands
/// between the quotes of a JSON string, escapes and all, so that most of it goes on without being decoded.
/// </summary>
internal abstract class AnswerWriter
{
    /// <summary>Why a whole answer cannot be told in this form, to follow the target's name; null where it can.</summary>
    public string? Fault { get; protected set; }

    /// <summary>What the provider calls the set-up that answers, where it does; comes before the beginning.</summary>
    public virtual void Fingerprint(ReadOnlySpan<byte> name)
    {
    }

    /// <summary>Comes first, once.</summary>
    /// <param name="model">The model that answers; empty where the provider does not name it.</param>
    public abstract void Begin(ReadOnlySpan<byte> model);

    /// <summary>A piece of what the model thought.</summary>
    public abstract void Reasoning(ReadOnlySpan<byte> text);

    /// <summary>Ends the reasoning so far with the signature by which its provider takes it back.</summary>
    public abstract void Signature(ReadOnlySpan<byte> signature);

    /// <summary>Reasoning that only its provider can read.</summary>
    public abstract void RedactedReasoning(ReadOnlySpan<byte> data);

    /// <summary>The log probabilities of the text that comes next: a JSON list, in chat's form.</summary>
    public virtual void Logprobs(ReadOnlySpan<byte> list)
    {
    }

    /// <summary>A piece of what the model said.</summary>
    public abstract void Text(ReadOnlySpan<byte> text);

    /// <summary>A piece of why the model will not answer.</summary>
    public abstract void Refusal(ReadOnlySpan<byte> text);

    /// <summary>A call of a tool begins; the one before is complete.</summary>
    public abstract void ToolCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name);

    /// <summary>A piece of the arguments of the call that began last: JSON, as text.</summary>
    public abstract void Arguments(ReadOnlySpan<byte> fragment);

    /// <summary>A call that the gateway would make, were it allowed to without asking. Where an API has no form of its own for it, it is a call like any other.</summary>
    public virtual void Approval(PendingCall call)
    {
        ToolCall(call.Id, call.Name);
        Arguments(call.RawArguments);
    }

    /// <summary>The servers whose tools the model is offered; comes after the beginning, once.</summary>
    public virtual void Servers(IReadOnlyList<OfferedTool> tools)
    {
    }

    /// <summary>The gateway begins to make a call.</summary>
    public virtual void CallStarted(PendingCall call)
    {
    }

    /// <summary>It has made it. Those of several that are made at once end in any order.</summary>
    public virtual void CallDone(FinishedCall call)
    {
    }

    /// <param name="reason">Why the model stopped.</param>
    /// <param name="stopSequence">The stop sequence that it met, where the provider names it.</param>
    public abstract void Finish(FinishReason reason, ReadOnlySpan<byte> stopSequence);

    /// <summary>The provider keeps its stream open.</summary>
    public virtual void KeepAlive()
    {
    }

    /// <summary>Comes last: the answer is complete.</summary>
    public abstract void End(in AnswerEnd end);

    /// <summary>Comes last in a stream that broke: the answer never passes for complete.</summary>
    public abstract void Fail(Refusal failure);
}
