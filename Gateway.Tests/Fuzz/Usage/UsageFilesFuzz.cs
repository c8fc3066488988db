using System.Buffers;
using System.Text;
using Cost.Worker.Ledger;
using Cost.Worker.Ledger.Files;
using Gateway.Api.Metering.Journal;
using Gateway.Tests.Fuzz.Generation;
using Microsoft.Extensions.Logging.Abstractions;
using ServiceDefaults.Usage;
using Shouldly;

namespace Gateway.Tests.Fuzz.Usage;

/// <summary>Files that a crash or a hand has changed: segments of a journal and its tail, roll-ups, checkpoints.</summary>
public sealed class UsageFilesFuzz : ParserFuzz, IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private readonly Mutator _lines = new([.. new[] { UsageExamples.Event, UsageExamples.Small, UsageExamples.Kept, UsageExamples.Row, UsageExamples.Header }.Select(Encoding.UTF8.GetBytes)], UsageExamples.Names);
    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-").FullName;

    protected override IReadOnlyList<string> Examples { get; } = [Lines(UsageExamples.Event, UsageExamples.Small), Lines(UsageExamples.Header, UsageExamples.Row), Lines("""{"kept":{"j":1},"files":{"2026-11-21":{"bytes":1,"lines":1}}}"""), ""];

    protected override IReadOnlyList<string> Words { get; } = ["\n", "\0\0\0\0\0\0\0\0", "00000000 "];

    protected override (long Fixed, long PerByte) Memory => (8 << 20, 4_000);

    protected override int Slowness => 10;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override byte[] Make(FuzzRandom random)
    {
        if (random.OneIn(2))
        {
            return Mutations.Next(random);
        }

        var output = new ArrayBufferWriter<byte>();
        for (var lines = random.Below(4); lines >= 0; lines--)
        {
            CheckedLine.Write(output, _lines.Next(random));
        }

        return output.WrittenSpan.ToArray();
    }

    protected override void Check(byte[] input, FuzzRandom random)
    {
        foreach (var line in JournalTail.ReadLines(input))
        {
            JournalLine.TryRead(line.Span, "7f3kq2zd", out _);
        }

        RecoverJournal(input);
        var path = Path.Combine(_folder, "file");
        File.WriteAllBytes(path, input);
        RollUpFile.ReadHeader(path);
        var rows = new List<RollUpRow>();
        if (RollUpFile.Read(path, Day, rows, new NamePool(), default) is { } header)
        {
            rows.Count.ShouldBe(header.Rows);
        }

        CheckpointFile.Read(path);
    }

    // What is found is found again, and the same, by the next process.
    private void RecoverJournal(byte[] segment)
    {
        var location = Path.Combine(_folder, "7f3kq2zd");
        Directory.CreateDirectory(location);
        File.WriteAllBytes(Path.Combine(location, "0000000000000000001.usage"), segment);
        var recovery = new JournalRecovery(NullLogger<JournalRecovery>.Instance);
        var (end, isWhole) = Recover();
        Recover().ShouldBe((end, isWhole));
        end.ShouldBeGreaterThanOrEqualTo(0);

        (long End, bool IsWhole) Recover()
        {
            using var folder = JournalFolder.TakeAll(_folder).Single();
            return (recovery.FindEnd(folder, out var whole), whole);
        }
    }

    private static string Lines(params string[] lines)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var line in lines)
        {
            CheckedLine.Write(output, Encoding.UTF8.GetBytes(line));
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
