using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering.Journal;

/// <summary>
/// A line of a journal: the CRC32C of the JSON as eight hexadecimal digits, a space, the JSON, a line feed.
/// <c>0d5e3a41 {"id":"7f3kq2zdm0x1.42","request_id":…}</c>
/// </summary>
internal static class JournalLine
{
    public const byte End = (byte)'\n';

    /// <summary>How many bytes stand before the JSON.</summary>
    public const int PrefixLength = ChecksumLength + 1;

    private const int ChecksumLength = 8;

    public static void WritePrefix(Span<byte> prefix, ReadOnlySpan<byte> json)
    {
        Utf8Formatter.TryFormat(Checksum(json), prefix, out _, new('x', ChecksumLength));
        prefix[ChecksumLength] = (byte)' ';
    }

    /// <summary>Reads the number of the event in a line that comes without its end; false where the line is damaged or of another journal.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, string journal, out long sequence)
    {
        sequence = 0;
        if (line.Length <= PrefixLength
            || line[ChecksumLength] != ' '
            || !Utf8Parser.TryParse(line[..ChecksumLength], out uint checksum, out var digits, 'x')
            || digits != ChecksumLength)
        {
            return false;
        }

        var json = line[PrefixLength..];
        return checksum == Checksum(json) && TryReadSequence(json, journal, out sequence);
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

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return ~checksum;
    }
}
