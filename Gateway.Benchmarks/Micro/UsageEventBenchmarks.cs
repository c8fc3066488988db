using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Gateway.Api.Metering.Journal;
using Gateway.Benchmarks.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDefaults.Usage;

namespace Gateway.Benchmarks.Micro;

/// <summary>What a request pays for its usage event: the JSON of it alone, by serializer and by hand, and its whole way into the journal.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class UsageEventBenchmarks : IAsyncDisposable
{
    private readonly UsageEvent _event = SampleUsage.One("7f3kq2zd0000", 1, new DateTimeOffset(2026, 11, 21, 8, 30, 0, TimeSpan.Zero));
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private string _root = "";
    private EventGatherer _gatherer = null!;
    private JournalCommitter _committer = null!;

    [GlobalSetup]
    public void Setup()
    {
        _root = Directory.CreateTempSubdirectory("journal-benchmark-").FullName;
        var settings = new JournalSettings { MaxBytes = 1L << 40 };
        var lost = new LostEvents(null!, NullLogger<LostEvents>.Instance);
        var folder = JournalFolder.New(_root);
        _gatherer = new EventGatherer(folder.Journal, last: 0, settings.MaxMemoryBytes, lost);
        var writer = new JournalWriter(folder, settings, last: 0, () => 0);
        _committer = new JournalCommitter(_gatherer, folder, writer, () => folder.Trim(writer.Committed), lost, settings, TimeProvider.System, NullLogger<JournalCommitter>.Instance);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _committer.StopAsync();
        _committer.Dispose();
        _gatherer.Dispose();
        await _json.DisposeAsync();
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void Serializer()
    {
        _json.Reset(Stream.Null);
        JsonSerializer.Serialize(_json, _event, UsageJson.Default.UsageEvent);
    }

    [Benchmark]
    public void Writer()
    {
        _json.Reset(Stream.Null);
        UsageEventWriter.Write(_json, _event, _event.Id);
    }

    [Benchmark]
    public ValueTask AppendToJournal() => _gatherer.AppendAsync(_event);
}
