using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Gateway.Api.Streaming;
using ServiceDefaults.Usage;

namespace Gateway.Api.Caching;

/// <summary>
/// An answer as a value in Redis: a mark with the version, CRC-32C of the rest, the key that it is under, when it was made and for how
/// long, what it took, its target, warnings and bytes. Numbers are little endian. What does not hold together is none.
/// </summary>
internal static class AnswerFormat
{
    private const int MostWarnings = 1000;

    private static ReadOnlySpan<byte> Mark => "GWA1"u8;

    private static int HeadBytes => Mark.Length + sizeof(uint);

    public static byte[] Write(CacheKey key, CachedAnswer answer, bool isStream)
    {
        var output = new ArrayBufferWriter<byte>(answer.Bytes.Length + 256);
        output.Write(Mark);
        output.Write(stackalloc byte[sizeof(uint)]);
        Span<byte> hash = stackalloc byte[CacheKey.Bytes];
        key.CopyTo(hash);
        output.Write(hash);
        Write(output, isStream ? 1 : 0);
        Write(output, answer.At.ToUnixTimeMilliseconds());
        Write(output, answer.Lifetime.Ticks);
        Write(output, answer.CostNanoUsd ?? -1);
        Write(output, answer.Duration.Ticks);
        Write(output, Encoding.UTF8.GetBytes(answer.Target));
        Write(output, answer.Warnings.Count);
        foreach (var warning in answer.Warnings)
        {
            Write(output, Encoding.UTF8.GetBytes(warning));
        }

        Write(output, answer.Bytes.Span);
        var value = output.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(value.AsSpan(Mark.Length), Crc32C.Of(value.AsSpan(HeadBytes)));
        return value;
    }

    /// <summary>Null where the value is anything but an answer of this kind under this key.</summary>
    public static CachedAnswer? Read(ReadOnlyMemory<byte> value, CacheKey key, bool isStream)
    {
        if (value.Length < HeadBytes + CacheKey.Bytes || !value.Span.StartsWith(Mark)
            || BinaryPrimitives.ReadUInt32LittleEndian(value.Span[Mark.Length..]) != Crc32C.Of(value.Span[HeadBytes..])
            || CacheKey.Of(value.Span.Slice(HeadBytes, CacheKey.Bytes)) != key)
        {
            return null;
        }

        var fields = new Fields(value[(HeadBytes + CacheKey.Bytes)..]);
        try
        {
            var kind = fields.Number();
            var answer = new CachedAnswer
            {
                At = DateTimeOffset.FromUnixTimeMilliseconds(fields.Number()),
                Lifetime = TimeSpan.FromTicks(fields.Number()),
                CostNanoUsd = fields.Number() is >= 0 and var cost ? cost : null,
                Duration = TimeSpan.FromTicks(fields.Number()),
                Target = fields.Text(),
                Warnings = [.. fields.Texts(MostWarnings)],
                Bytes = fields.Rest(out var facts),
                Facts = facts,
            };
            return kind == (isStream ? 1 : 0) && (isStream || facts is { IsError: false }) ? answer : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static void Write(ArrayBufferWriter<byte> output, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), number);
        output.Advance(sizeof(long));
    }

    private static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        Write(output, (long)bytes.Length);
        output.Write(bytes);
    }

    private struct Fields(ReadOnlyMemory<byte> rest)
    {
        private ReadOnlyMemory<byte> _rest = rest;

        public long Number()
        {
            var number = BinaryPrimitives.ReadInt64LittleEndian(_rest.Span);
            _rest = _rest[sizeof(long)..];
            return number;
        }

        public string Text() => Encoding.UTF8.GetString(Bytes().Span);

        public List<string> Texts(int most)
        {
            var texts = new List<string>();
            for (var left = Math.Min(Number(), most); left > 0; left--)
            {
                texts.Add(Text());
            }

            return texts;
        }

        public ReadOnlyMemory<byte> Rest(out AnswerFacts facts)
        {
            var bytes = Bytes();
            AnswerScanner.TryScan(bytes.Span, out facts);
            return bytes;
        }

        private ReadOnlyMemory<byte> Bytes()
        {
            var length = checked((int)Math.Clamp(Number(), -1, int.MaxValue));
            var bytes = _rest[..length];
            _rest = _rest[length..];
            return bytes;
        }
    }
}
