using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Cost.Worker.Ledger.Files;

/// <summary>A line that tells when it was damaged: <c>1f0c3a9e {"id":…}</c>, the CRC-32C of the JSON before it.</summary>
internal static class CheckedLine
{
    private const int ChecksumLength = 8;

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        var line = output.GetSpan(ChecksumLength + json.Length + 2);
        Crc32C.Of(json).TryFormat(line, out _, "x8", CultureInfo.InvariantCulture);
        line[ChecksumLength] = (byte)' ';
        json.CopyTo(line[(ChecksumLength + 1)..]);
        line[ChecksumLength + 1 + json.Length] = (byte)'\n';
        output.Advance(ChecksumLength + json.Length + 2);
    }

    /// <summary>False where the line is not what was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> json)
    {
        json = default;
        if (line.Length <= ChecksumLength || line[ChecksumLength] != ' '
            || !Utf8Parser.TryParse(line[..ChecksumLength], out uint checksum, out var read, 'x') || read != ChecksumLength)
        {
            return false;
        }

        json = line[(ChecksumLength + 1)..];
        return Crc32C.Of(json) == checksum;
    }
}
