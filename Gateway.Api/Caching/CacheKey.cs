using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Gateway.Api.Caching;

/// <summary>The SHA-256 of all that an answer depends on; see <see cref="RequestFingerprint"/>.</summary>
internal readonly record struct CacheKey(ulong A, ulong B, ulong C, ulong D)
{
    public const int Bytes = 32;

    public static CacheKey Of(ReadOnlySpan<byte> hash) => MemoryMarshal.Read<CacheKey>(hash);

    public static CacheKey HashOf(CanonicalText text)
    {
        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(text.Written, hash);
        return Of(hash);
    }

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, this);

    // Any part of a hash is one.
    public override int GetHashCode() => (int)A;

    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[Bytes];
        CopyTo(hash);
        return Convert.ToHexStringLower(hash);
    }
}
