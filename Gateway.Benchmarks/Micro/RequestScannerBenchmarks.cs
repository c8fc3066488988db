using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.Api.Requests;

namespace Gateway.Benchmarks.Micro;

/// <summary>What looking through a request costs, against what reading it into a document would.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class RequestScannerBenchmarks
{
    private byte[] _body = [];

    [Params(1, 100)]
    public int KiloBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var content = new string('p', (KiloBytes * 1024) - 170);
        _body = Encoding.UTF8.GetBytes($$"""{"model":"phi-3-mini","temperature":0.7,"max_tokens":256,"messages":[{"role":"system","content":"You are helpful."},{"role":"user","content":"{{content}}"}]}""");
    }

    [Benchmark(Baseline = true)]
    public bool Document()
    {
        using var document = System.Text.Json.JsonDocument.Parse(_body);
        return document.RootElement.TryGetProperty("model", out _);
    }

    [Benchmark]
    public bool Scanner() => RequestScanner.Scan(_body, Operation.Chat, out _) is null;
}
