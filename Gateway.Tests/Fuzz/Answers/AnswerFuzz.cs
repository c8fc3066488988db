using System.Buffers;
using System.Text.Json;
using Gateway.Api.Answers;
using Gateway.Api.Messages;
using Gateway.Api.Requests;
using Gateway.Api.Streaming;
using Gateway.Tests.Fuzz.Generation;
using Gateway.Tests.Fuzz.Requests;
using ServiceDefaults.Usage;
using Shouldly;

namespace Gateway.Tests.Fuzz.Answers;

/// <summary>A provider's answers: no answer, or one that can be told in another API's form, and that is JSON there too.</summary>
public sealed class AnswerFuzz : ParserFuzz
{
    protected override IReadOnlyList<string> Examples => AnswerExamples.Chat;

    protected override IReadOnlyList<string> Words => AnswerExamples.Names;

    protected override int Slowness => 2;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var isAnswer = AnswerScanner.TryScan(input, out var facts);
        isAnswer.ShouldBe(IsObject(input));
        if (!isAnswer || facts.IsError)
        {
            return;
        }

        facts.EmptyUsage?.End.Value.ShouldBeLessThanOrEqualTo(input.Length);
        if (facts.EmptyUsage is { } empty)
        {
            JsonDocument.Parse((byte[])[.. input[..empty.Start], .. input[empty.End..]]).Dispose();
        }

        using var request = MadeRequest.Of("{}"u8, Operation.Chat);
        var whole = new ArrayBufferWriter<byte>();
        Tell(input, new MessageReply("msg_1", request, whole));
        var stream = new ArrayBufferWriter<byte>();
        Tell(input, new MessageStream("msg_1", request, stream));
        foreach (var frame in Utf8(stream.WrittenSpan).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            frame.ShouldStartWith("event: ");
            JsonDocument.Parse(frame[(frame.IndexOf("data: ", StringComparison.Ordinal) + 6)..]).Dispose();
        }

        void Tell(byte[] answer, AnswerWriter writer)
        {
            if (new AnswerReader(writer).Read(answer) is null && facts.Finishes > 0)
            {
                writer.End(new AnswerEnd(new UsageTokens(), 0, IsEstimate: false, CostNanoUsd: null));
                if (writer is MessageReply { Fault: null })
                {
                    JsonDocument.Parse(whole.WrittenMemory).Dispose();
                }
            }
        }
    }

    private static bool IsObject(byte[] input)
    {
        try
        {
            using var document = JsonDocument.Parse(input);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
