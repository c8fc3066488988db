using System.Buffers.Text;
using System.Security.Cryptography;

namespace Gateway.Api.Access;

/// <summary>Makes API keys. 256 random bits need no salt and no slow hash.</summary>
internal static class KeySecret
{
    public const string Prefix = "sk-gw-";

    private const int RandomBytes = 32;
    private const int ShownCharacters = 10;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Enough of a key to recognise it by, too little to use.</summary>
    public static string Shorten(string secret) => secret.Length <= ShownCharacters * 2 ? "…" : $"{secret[..ShownCharacters]}…";
}
