using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Api.Experiments;

/// <summary>A number for a name and somebody, the same each time and at every replica, and as good as drawn by chance otherwise.</summary>
internal static class StickyHash
{
    /// <summary>The mantissa of a double.</summary>
    private const int Bits = 53;

    /// <param name="texts">What it is for, and for whom; each framed by its length, so that no two lists are alike.</param>
    /// <returns>More than 0 and less than 1.</returns>
    public static double Of(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return ((BinaryPrimitives.ReadUInt64LittleEndian(digest) >> (64 - Bits)) + 0.5) / (1UL << Bits);
    }
}
