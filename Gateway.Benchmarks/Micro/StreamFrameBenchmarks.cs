using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Api.Streaming;

namespace Gateway.Benchmarks.Micro;

/// <summary>What cutting and looking at the frames of a stream costs: 20 chunks that came in one read.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class StreamFrameBenchmarks
{
    private const int Chunks = 20;

    private ReadOnlySequence<byte> _stream;

    [GlobalSetup]
    public void Setup()
    {
        const string Chunk = """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795240968,"model":"m","choices":[{"index":0,"delta":{"content":" token"},"finish_reason":null}]}""" + "\n\n";
        _stream = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Chunk, Chunks))));
    }

    [Benchmark(OperationsPerInvoke = Chunks)]
    public int CutAndLook()
    {
        var cutter = default(SseFrameCutter);
        var (rest, seen) = (_stream, 0);
        while (cutter.TryCut(ref rest, out var frame))
        {
            seen += (int)ChunkScanner.Scan(SseFrame.DataOf(frame.First).Span, out _);
        }

        return seen;
    }
}
