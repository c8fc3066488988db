namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>The CRC-32 of IEEE 802.3, as gzip and event streams have it: four bytes a step.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Lanes = 4;

    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var (first, second, third, fourth) = (Tables[0], Tables[1], Tables[2], Tables[3]);
        var crc = uint.MaxValue;
        while (bytes.Length >= Lanes)
        {
            crc ^= BitConverter.ToUInt32(bytes);
            crc = fourth[crc & 0xFF] ^ third[(crc >> 8) & 0xFF] ^ second[(crc >> 16) & 0xFF] ^ first[crc >> 24];
            bytes = bytes[Lanes..];
        }

        foreach (var next in bytes)
        {
            crc = first[(crc ^ next) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = Enumerable.Range(0, Lanes).Select(_ => new uint[256]).ToArray();
        for (uint i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }

            tables[0][i] = crc;
        }

        for (var lane = 1; lane < Lanes; lane++)
        {
            for (var i = 0; i < 256; i++)
            {
                var before = tables[lane - 1][i];
                tables[lane][i] = (before >> 8) ^ tables[0][before & 0xFF];
            }
        }

        return tables;
    }
}
