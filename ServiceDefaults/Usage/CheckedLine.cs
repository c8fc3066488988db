using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace ServiceDefaults.Usage;

/// <summary>A line that tells when it was damaged: <c>1f0c3a9e {"id":…}</c>, the CRC-32C of the JSON before it.</summary>
public static class CheckedLine
{
    /// <summary>How many bytes stand before the JSON: the checksum and a space.</summary>
    public const int PrefixLength = ChecksumLength + 1;

    private const int ChecksumLength = 8;

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        var line = output.GetSpan(PrefixLength + json.Length + 1);
        WritePrefix(line, json);
        json.CopyTo(line[PrefixLength..]);
        line[PrefixLength + json.Length] = (byte)'\n';
        output.Advance(PrefixLength + json.Length + 1);
    }

    /// <summary>Writes what stands before a JSON that is in its place already.</summary>
    public static void WritePrefix(Span<byte> prefix, ReadOnlySpan<byte> json)
    {
        Crc32C.Of(json).TryFormat(prefix, out _, "x8", CultureInfo.InvariantCulture);
        prefix[ChecksumLength] = (byte)' ';
    }

    /// <summary>Reads a line that comes without its end; false where it is not what was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> json)
    {
        json = default;
        if (line.Length <= ChecksumLength || line[ChecksumLength] != ' '
            || !Utf8Parser.TryParse(line[..ChecksumLength], out uint checksum, out var read, 'x') || read != ChecksumLength)
        {
            return false;
        }

        json = line[PrefixLength..];
        return Crc32C.Of(json) == checksum;
    }
}
