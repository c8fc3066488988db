using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Api.Access;

/// <summary>Makes API keys and takes their fingerprints. 256 random bits need no salt and no slow hash.</summary>
internal static class KeySecret
{
    public const string Prefix = "sk-gw-";

    private const int RandomBytes = 32;
    private const int ShownCharacters = 10;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static string Hash(string secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);
        return Convert.ToHexString(hash);
    }

    /// <summary>Enough of a key to recognise it by, too little to use.</summary>
    public static string Shorten(string secret) => secret.Length <= ShownCharacters * 2 ? "…" : $"{secret[..ShownCharacters]}…";

    /// <summary>Compares in a time that does not tell how much of it was right.</summary>
    public static bool AreEqual(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
