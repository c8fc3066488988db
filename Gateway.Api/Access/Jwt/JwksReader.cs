using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Api.Configuration;

namespace Gateway.Api.Access.Jwt;

/// <summary>
/// Reads a JSON Web Key Set (RFC 7517): its RSA keys of 2,048 bits or more and its P-256 keys, if they are meant for signatures. Others are
/// passed over, secret ones above all: what is published is no secret.
/// </summary>
internal static class JwksReader
{
    private const int LeastRsaBytes = 2048 / 8;
    private const int MostRsaBytes = 8192 / 8;
    private const int CoordinateBytes = 32;

    /// <exception cref="JsonException">It is no key set.</exception>
    public static KeySet Read(byte[] text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? new KeySet([.. keys.EnumerateArray().Select(ReadKey).OfType<SigningKey>()])
            : throw new JsonException("It has no list 'keys'.");
    }

    private static SigningKey? ReadKey(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || JwtDocument.TextOf(key, "use") is not (null or "sig") || !IsForVerifying(key))
        {
            return null;
        }

        try
        {
            return JwtDocument.TextOf(key, "kty") switch
            {
                "RSA" => ReadRsa(key),
                "EC" when JwtDocument.TextOf(key, "crv") == "P-256" => ReadElliptic(key),
                _ => null,
            };
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static bool IsForVerifying(JsonElement key) =>
        !key.TryGetProperty("key_ops", out var uses)
        || (uses.ValueKind == JsonValueKind.Array && uses.EnumerateArray().Any(use => use.ValueKind == JsonValueKind.String && use.ValueEquals("verify")));

    private static RsaKey? ReadRsa(JsonElement key)
    {
        string[] algorithms = JwtDocument.TextOf(key, "alg") switch
        {
            null => [JwtAlgorithms.RS256, JwtAlgorithms.PS256],
            JwtAlgorithms.RS256 => [JwtAlgorithms.RS256],
            JwtAlgorithms.PS256 => [JwtAlgorithms.PS256],
            _ => [],
        };
        return algorithms.Length > 0 && NumberIn(key, "n") is { Length: >= LeastRsaBytes and <= MostRsaBytes } modulus && NumberIn(key, "e") is { Length: > 0 } exponent
            ? new RsaKey(JwtDocument.TextOf(key, "kid"), RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }), algorithms)
            : null;
    }

    private static EllipticKey? ReadElliptic(JsonElement key) =>
        JwtDocument.TextOf(key, "alg") is null or JwtAlgorithms.ES256 && NumberIn(key, "x") is { Length: CoordinateBytes } x && NumberIn(key, "y") is { Length: CoordinateBytes } y
            ? new EllipticKey(JwtDocument.TextOf(key, "kid"), ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }))
            : null;

    private static byte[]? NumberIn(JsonElement key, string name) => JwtDocument.TextOf(key, name) is { } text ? Base64Url.DecodeFromChars(text) : null;
}
