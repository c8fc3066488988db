using System.Buffers;
using System.Net.ServerSentEvents;
using Gateway.Api.Streaming;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Streams;

public sealed class ServerSentEventsFuzz : ParserFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        ": hello\n\ndata: {\"a\":1}\n\nevent: x\r\ndata:{\"b\":2}\r\n\r\ndata: one\ndata: two\n\n\ndata: [DONE]\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hé\"},\"finish_reason\":null}]}\n\nid: 7\nretry: 10\ndata: x\n\n",
        "event: message_start\ndata: {}\n\n",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["data:", "data: ", "data", "event: ", "id:", ":", "\n", "\n\n", "\r\n", "\r\n\r\n", "[DONE]", " "];

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var frames = Cut([input], random);
        Cut(Pieces.Of(input, random), random).ShouldBe(frames);
        string.Concat(frames).ShouldBe(Convert.ToHexString(input)[..frames.Sum(frame => frame.Length)]);
        foreach (var frame in frames)
        {
            ChunkScanner.Scan(SseFrame.DataOf(Convert.FromHexString(frame)).Span, out _);
        }

        // A lone CR ends a line by the standard, and a mark may stand at the beginning; nobody sends either, and neither counts here.
        if (!HasLoneCarriageReturn(input) && !input.AsSpan().StartsWith("\uFEFF"u8))
        {
            frames.Select(frame => Told(SseFrame.DataOf(Convert.FromHexString(frame)).Span)).Where(data => data.Length > 0).ShouldBe(ByTheStandard(input));
        }
    }

    private static List<string> Cut(IEnumerable<byte[]> pieces, FuzzRandom random)
    {
        var frames = new List<string>();
        var cutter = default(SseFrameCutter);
        var held = Array.Empty<byte>();
        foreach (var piece in pieces)
        {
            held = [.. held, .. piece];
            var buffer = Pieces.Sequence(held, random);
            while (cutter.TryCut(ref buffer, out var frame))
            {
                frames.Add(Convert.ToHexString(frame.ToArray()));
            }

            held = buffer.ToArray();
        }

        return frames;
    }

    private static IEnumerable<string> ByTheStandard(byte[] input) =>
        SseParser.Create(new MemoryStream(input), (_, data) => Told(data)).Enumerate().Select(item => item.Data).Where(data => data.Length > 0);

    // Empty lines of data are white space to whoever reads JSON, and left out here.
    private static string Told(ReadOnlySpan<byte> data) => Convert.ToHexString(data.ToArray().Where(letter => letter != '\n').ToArray());

    private static bool HasLoneCarriageReturn(byte[] input) => input.AsSpan().Count((byte)'\r') > input.AsSpan().Count("\r\n"u8);
}
