using System.Buffers;
using System.Text;
using System.Text.Json;
using Cost.Worker.Intake;
using Cost.Worker.Ledger.Files;
using Gateway.Api.Metering.Journal;
using Gateway.Tests.Fuzz.Generation;
using ServiceDefaults.Usage;
using Shouldly;

namespace Gateway.Tests.Fuzz.Usage;

/// <summary>Lines of journals, ledgers and roll-ups, some with a checksum that fits, and batches on their way.</summary>
public sealed class UsageLinesFuzz : ParserFuzz
{
    private const string Journal = "7f3kq2zd";

    protected override IReadOnlyList<string> Examples { get; } = [UsageExamples.Event, UsageExamples.Small, UsageExamples.Batch, UsageExamples.Kept, UsageExamples.Row, UsageExamples.Header, "", "{}"];

    protected override IReadOnlyList<string> Words => UsageExamples.Names;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var output = new ArrayBufferWriter<byte>();
        CheckedLine.Write(output, input);
        var line = output.WrittenSpan[..^1];
        CheckedLine.TryRead(line, out var json).ShouldBeTrue();
        json.SequenceEqual(input).ShouldBeTrue();
        ReadLines(line);
        ReadLines(input);
        ReadBatch(input);
        ReadRow(input);

        // One bit is enough.
        var damaged = line.ToArray();
        damaged[random.Below(damaged.Length)] ^= (byte)(1 << random.Below(8));
        if (CheckedLine.TryRead(damaged, out json))
        {
            // The checksum may be in capitals as well.
            Encoding.ASCII.GetString(damaged[..8]).ToLowerInvariant().ShouldBe(Encoding.ASCII.GetString(line[..8]));
        }
    }

    private static void ReadLines(ReadOnlySpan<byte> line)
    {
        if (JournalLine.TryRead(line, Journal, out var sequence))
        {
            sequence.ShouldBeGreaterThan(0);
        }

        if (RecordLine.TryRead(line, out var one, out var kept))
        {
            (one is null).ShouldNotBe(kept is null);
        }
    }

    private static void ReadBatch(byte[] input)
    {
        try
        {
            _ = UsageBatch.Read(input);
        }
        catch (JsonException)
        {
            // It is no batch.
        }

        BatchReader.Read(input).Events.ToList().ForEach(ShouldBeTheSameAgain);
    }

    private static void ReadRow(byte[] input)
    {
        try
        {
            var row = RollUpText.Read(input, new DateOnly(2026, 11, 21), new NamePool());
            var output = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true }))
            {
                RollUpText.Write(json, row);
            }

            RollUpText.Read(output.WrittenSpan, new DateOnly(2026, 11, 21), new NamePool()).ShouldBe(row);
        }
        catch (Exception declared) when (declared is JsonException or FormatException or InvalidOperationException)
        {
            // What RollUpFile takes for damage.
        }
    }

    // By the gateway's own writer too, which is not the serializer.
    private static void ShouldBeTheSameAgain(UsageEvent one)
    {
        var expected = JsonSerializer.Serialize(one, UsageJson.Default.UsageEvent);
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            UsageEventWriter.Write(json, one, one.Id);
        }

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(expected);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(expected, UsageJson.Default.UsageEvent), UsageJson.Default.UsageEvent).ShouldBe(expected);
    }
}
