using System.Security.Cryptography;
using Gateway.Api.Configuration;

namespace Gateway.Api.Access.Jwt;

internal sealed class SharedKey(byte[] key) : SigningKey(id: null, JwtAlgorithms.HS256)
{
    /// <summary>RFC 7518, section 3.2: no shorter than the hash.</summary>
    public const int LeastBytes = SHA256.HashSizeInBytes;

    public override bool Verify(string algorithm, byte[] signed, byte[] signature) =>
        CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, signed), signature);
}
