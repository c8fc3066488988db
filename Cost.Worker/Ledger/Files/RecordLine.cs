using System.Buffers;
using System.Text.Json;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>
/// A line of a day's records: an event, <c>{"id":"j.1",…}</c>, with what it claimed before it in front where that was put right,
/// <c>{"claimed":{…},"id":"j.1",…}</c>; or the end of a round of intake, <c>{"kept":{"j":256}}</c>.
/// </summary>
internal static class RecordLine
{
    private static ReadOnlySpan<byte> KeptStart => "{\"kept\":"u8;

    private static ReadOnlySpan<byte> ClaimedStart => "{\"claimed\":"u8;

    public static void Write(IBufferWriter<byte> output, BookedEvent booked, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        if (booked.Claimed is { } claimed)
        {
            scratch.Write(ClaimedStart);
            scratch.Write(JsonSerializer.SerializeToUtf8Bytes(claimed, LedgerJson.Default.UsageClaim));
            scratch.Write(","u8);
            scratch.Write(JsonSerializer.SerializeToUtf8Bytes(booked.Event, UsageJson.Default.UsageEvent).AsSpan(1));
        }
        else
        {
            using var json = new Utf8JsonWriter(scratch);
            UsageEventWriter.Write(json, booked.Event, booked.Event.Id);
        }

        CheckedLine.Write(output, scratch.WrittenSpan);
    }

    public static void Write(IBufferWriter<byte> output, KeptLine kept) =>
        CheckedLine.Write(output, JsonSerializer.SerializeToUtf8Bytes(kept, LedgerJson.Default.KeptLine));

    /// <summary>False where the line cannot be read; else it is one of the two.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out UsageEvent? one, out KeptLine? kept)
    {
        (one, kept) = (null, null);
        if (!CheckedLine.TryRead(line, out var json))
        {
            return false;
        }

        try
        {
            if (json.StartsWith(KeptStart))
            {
                kept = JsonSerializer.Deserialize(json, LedgerJson.Default.KeptLine);
            }
            else
            {
                one = JsonSerializer.Deserialize(json, UsageJson.Default.UsageEvent);
            }

            return one is not null || kept is not null;
        }
        catch (JsonException)
        {
            // The checksum is right: somebody else wrote it.
            return false;
        }
    }
}
