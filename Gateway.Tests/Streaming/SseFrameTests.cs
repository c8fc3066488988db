using System.Buffers;
using System.Text;
using Gateway.Api.Streaming;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Streaming;

public class SseFrameTests
{
    private const string Stream = ": hello\n\ndata: {\"a\":1}\n\nevent: x\r\ndata:{\"b\":2}\r\n\r\ndata: one\ndata: two\n\n\ndata: [DONE]\n\n";

    private static readonly string[] Frames =
        [": hello\n\n", "data: {\"a\":1}\n\n", "event: x\r\ndata:{\"b\":2}\r\n\r\n", "data: one\ndata: two\n\n", "\n", "data: [DONE]\n\n"];

    [Fact]
    public void A_stream_is_cut_into_the_same_frames_wherever_its_bytes_are_split()
    {
        for (var split = 0; split <= Stream.Length; split++)
        {
            Cut(Stream[..split], Stream[split..]).ShouldBe(Frames, ignoreOrder: false, $"split at {split}");
        }
    }

    [Theory]
    [InlineData(": hello\n\n", "")]
    [InlineData("data: {\"a\":1}\n\n", "{\"a\":1}")]
    [InlineData("event: x\r\ndata:{\"b\":2}\r\n\r\n", "{\"b\":2}")]
    [InlineData("data: one\ndata: two\n\n", "one\ntwo")]
    [InlineData("data:  indented\n\n", " indented")]
    [InlineData("database: no\n\n", "")]
    public void The_data_of_a_frame_is_what_follows_its_data_lines(string frame, string data) =>
        Encoding.UTF8.GetString(SseFrame.DataOf(Encoding.UTF8.GetBytes(frame)).Span).ShouldBe(data);

    [Theory]
    [InlineData("", "KeepAlive", 0)]
    [InlineData("[DONE]", "Done", 0)]
    [InlineData("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"finish_reason\"},\"finish_reason\":null}]}", "Content", 0)]
    [InlineData("{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"},{\"index\":1,\"finish_reason\":\"length\"}]}", "Content", 2)]
    [InlineData("{\"choices\":[{\"index\":0,\"finish_reason\":\"something new\",\"unknown\":{\"x\":[1]}}]}", "Content", 1)]
    [InlineData("{\"choices\":[],\"error\":null}", "Content", 0)]
    [InlineData("{\"error\":{\"message\":\"x\"}}", "Error", 0)]
    [InlineData("{\"error\":\"x\"}", "Error", 0)]
    [InlineData("{\"choices\":[{\"delta\":{\"error\":\"x\"}}]}", "Content", 0)]
    [InlineData("{\"choices\":[{\"ind", "Malformed", 0)]
    [InlineData("<html>", "Malformed", 0)]
    [InlineData("[1]", "Malformed", 0)]
    public void A_chunk_is_recognised_by_what_it_holds(string data, string kind, int finishes)
    {
        ChunkScanner.Scan(Encoding.UTF8.GetBytes(data), out var facts).ToString().ShouldBe(kind);

        facts.Finishes.ShouldBe(finishes);
    }

    private static List<string> Cut(string first, string second)
    {
        var frames = new List<string>();
        var cutter = default(SseFrameCutter);
        var start = new Segment(Encoding.UTF8.GetBytes(first), 0);
        var buffer = new ReadOnlySequence<byte>(start, 0, start, start.Memory.Length);
        CutAll();

        // The rest arrives: what was not cut yet, and the new bytes.
        var end = start.Append(Encoding.UTF8.GetBytes(second));
        buffer = new ReadOnlySequence<byte>(start, start.Memory.Length - (int)buffer.Length, end, end.Memory.Length);
        CutAll();
        buffer.Length.ShouldBe(0);
        return frames;

        void CutAll()
        {
            while (cutter.TryCut(ref buffer, out var frame))
            {
                frames.Add(Encoding.UTF8.GetString(frame.ToArray()));
            }
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
