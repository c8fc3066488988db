using System.Text;
using Gateway.Api.Answers;
using Refused = Gateway.Api.Pipeline.Refusal;

namespace Gateway.Tests.Answers;

/// <summary>Writes down the events that it is told, one line each.</summary>
internal sealed class RecordingWriter : AnswerWriter
{
    public List<string> Events { get; } = [];

    public override void Begin(ReadOnlySpan<byte> model) => Note("begin", model);

    public override void Reasoning(ReadOnlySpan<byte> text) => Note("reasoning", text);

    public override void Signature(ReadOnlySpan<byte> signature) => Note("signature", signature);

    public override void RedactedReasoning(ReadOnlySpan<byte> data) => Note("redacted", data);

    public override void Text(ReadOnlySpan<byte> text) => Note("text", text);

    public override void Refusal(ReadOnlySpan<byte> text) => Note("refusal", text);

    public override void ToolCall(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name) => Events.Add($"call {Encoding.UTF8.GetString(id)} {Encoding.UTF8.GetString(name)}");

    public override void Arguments(ReadOnlySpan<byte> fragment) => Note("arguments", fragment);

    public override void Finish(FinishReason reason, ReadOnlySpan<byte> stopSequence) => Note($"finish {reason}", stopSequence);

    public override void End(in AnswerEnd end) => Events.Add("end");

    public override void Fail(Refused failure) => Events.Add("fail");

    private void Note(string name, ReadOnlySpan<byte> text) => Events.Add($"{name} {Encoding.UTF8.GetString(text)}".TrimEnd());
}
