using System.Text;
using Gateway.Api.Providers.Bedrock;
using Gateway.Api.Providers.Bedrock.Models;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Providers.Bedrock.Streams;
using Gateway.Api.Providers.Replies;
using Gateway.Api.Streaming;
using Gateway.Tests.Fuzz.Generation;
using Gateway.Tests.Fuzz.Requests;
using Gateway.Tests.Hosts.Bedrock;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace Gateway.Tests.Fuzz.Streams;

/// <summary>Bedrock's streams: events whose JSON is changed before they are framed, and frames that are damaged.</summary>
public sealed class EventStreamFuzz : ParserFuzz
{
    private const int MostEvents = 6;

    private static readonly string[] Types = ["messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata", "somethingNew"];

    private static readonly string[] Payloads =
    [
        """{"role":"assistant"}""",
        """{"contentBlockIndex":0,"delta":{"text":"Hé"},"p":"abc"}""",
        """{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"t1","name":"add"}}}""",
        """{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"a\":1}"}}}""",
        """{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"hm"}}}""",
        """{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"c2ln"}}}""",
        """{"contentBlockIndex":0,"delta":{"reasoningContent":{"redactedContent":"eHg="}}}""",
        """{"contentBlockIndex":1}""",
        """{"stopReason":"end_turn"}""",
        """{"stopReason":"tool_use"}""",
        """{"usage":{"inputTokens":30,"outputTokens":5,"totalTokens":35,"cacheReadInputTokens":3},"metrics":{"latencyMs":7}}""",
        """{"message":"Slow down.","__type":"ThrottlingException"}""",
    ];

    private readonly Mutator _payloads = new([.. Payloads.Select(Encoding.UTF8.GetBytes)], ["\"contentBlockIndex\":", "\"delta\":", "\"text\":", "\"toolUse\":", "\"reasoningContent\":", "\"usage\":"]);

    protected override IReadOnlyList<string> Examples => [];

    protected override IEnumerable<byte[]> ExampleBytes { get; } =
    [
        [.. EventFrames.Answer("Hel", "lo").SelectMany(frame => frame)],
        [.. EventFrames.Start, .. EventFrames.ToolStart(1, "t1", "add"), .. EventFrames.ToolInput(1, "{}"), .. EventFrames.BlockStop(1), .. EventFrames.Stop("tool_use"), .. EventFrames.Metadata(1, 2)],
        [.. EventFrames.Start, .. EventFrames.Exception("throttlingException", "Slow down.")],
        EventFrames.Error("InternalFailure", "Too bad."),
    ];

    protected override byte[] Make(FuzzRandom random)
    {
        if (random.OneIn(3))
        {
            return Mutations.Next(random);
        }

        var stream = Enumerable.Range(0, 1 + random.Below(MostEvents)).SelectMany(_ => Frame(random)).ToArray();
        return random.OneIn(6) ? Mutations.Change(stream, random) : stream;
    }

    protected override void Check(byte[] input, FuzzRandom random)
    {
        foreach (var answerTool in new[] { null, "add" })
        {
            var whole = Read(new MemoryStream(input), answerTool);
            Read(new PiecewiseStream(input, random), answerTool).ShouldBe(whole);
            ShouldBeEvents(whole.Text);
        }
    }

    private byte[] Frame(FuzzRandom random)
    {
        if (random.OneIn(12))
        {
            return EventFrames.Frame(random.Bytes(random.Below(40)), _payloads.Next(random));
        }

        (string, string) type = random.Below(12) switch
        {
            0 => (":exception-type", random.OneIn(2) ? "throttlingException" : Utf8(random.Bytes(random.Below(20)))),
            1 => (":error-code", "x"),
            _ => (":event-type", random.Pick(Types)),
        };
        return EventFrames.Frame([type, (":message-type", random.OneIn(12) ? "exception" : "event")], _payloads.Next(random));
    }

    private static (string Text, bool IsBroken) Read(Stream frames, string? answerTool)
    {
        var translation = new Translation("m", QuirkTable.Of("m")) { AnswerTool = answerTool };
        var chunks = new ChunkWriter(new ReplyHead("id", 1, "m", IsChat: true), includesUsage: true);
        var translator = new EventTranslator(translation, chunks, new BedrockLog(NullLogger<BedrockProvider>.Instance));
        using var stream = new ConverseStream(frames, translator, chunks, error => BedrockFailures.Of(MadeRequest.Target, error, callersToken: null, "eu-central-1"));
        using var output = new MemoryStream();
        try
        {
            if (stream.BeginAsync(default).AsTask().GetAwaiter().GetResult() is { } error)
            {
                return ($": {error}\n\n", false);
            }

            var buffer = new byte[4096];
            while (stream.ReadAsync(buffer).AsTask().GetAwaiter().GetResult() is > 0 and var read)
            {
                output.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            return (Utf8(output.ToArray()), true);
        }

        return (Utf8(output.ToArray()), false);
    }

    // What the caller reads is JSON, whatever came.
    private static void ShouldBeEvents(string text)
    {
        foreach (var frame in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(frame => !frame.StartsWith(':')))
        {
            frame.ShouldStartWith("data: ");
            var data = Encoding.UTF8.GetBytes(frame["data: ".Length..]);
            ChunkScanner.Scan(data, out _).ShouldBeOneOf(ChunkKind.Content, ChunkKind.Done, ChunkKind.Error, ChunkKind.Malformed);
        }
    }
}
