using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Api.Access;

/// <summary>
/// The SHA-256 of a key: all that is kept of it, and what it is looked up by. Compared in a time that does not tell how much was right.
/// </summary>
internal readonly struct KeyHash : IEquatable<KeyHash>
{
    /// <summary>Longer than any key of ours; a longer secret is hashed all the same, off the stack.</summary>
    private const int UsualBytes = 256;

    private readonly ulong _a, _b, _c, _d;

    private KeyHash(ReadOnlySpan<byte> hash)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(hash);
        (_a, _b, _c, _d) = (words[0], words[1], words[2], words[3]);
    }

    public static KeyHash Of(ReadOnlySpan<char> secret)
    {
        var length = Encoding.UTF8.GetByteCount(secret);
        var bytes = length <= UsualBytes ? stackalloc byte[UsualBytes] : new byte[length];
        bytes = bytes[..Encoding.UTF8.GetBytes(secret, bytes)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new KeyHash(hash);
    }

    public static KeyHash Parse(string hex) => new(Convert.FromHexString(hex));

    public bool Equals(KeyHash other) => CryptographicOperations.FixedTimeEquals(Bytes(in this), Bytes(in other));

    public override bool Equals(object? obj) => obj is KeyHash other && Equals(other);

    // SHA-256 is as good a hash as there is; a part of it will do.
    public override int GetHashCode() => _a.GetHashCode();

    /// <summary>In hexadecimal, as it is stored.</summary>
    public override string ToString() => Convert.ToHexString(Bytes(in this));

    private static ReadOnlySpan<byte> Bytes(in KeyHash hash) => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in hash, 1));
}
