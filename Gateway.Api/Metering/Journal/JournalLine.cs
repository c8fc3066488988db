using System.Text.Json;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering.Journal;

/// <summary>
/// A line of a journal, a <see cref="CheckedLine"/> with a usage event in it.
/// <c>0d5e3a41 {"id":"7f3kq2zdm0x1.42","request_id":…}</c>
/// </summary>
internal static class JournalLine
{
    public const byte End = (byte)'\n';

    /// <summary>Reads the number of the event in a line that comes without its end; false where the line is damaged or of another journal.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, string journal, out long sequence)
    {
        sequence = 0;
        return CheckedLine.TryRead(line, out var json) && TryReadSequence(json, journal, out sequence);
    }

    private static bool TryReadSequence(ReadOnlySpan<byte> json, string journal, out long sequence)
    {
        sequence = 0;
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    var isId = UsageEventId.TryParse(reader.GetString(), out var id) && id.Journal == journal;
                    sequence = id.Sequence;
                    return isId;
                }
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // A checksum that fits by chance: damaged all the same.
        }

        return false;
    }
}
