using System.Security.Cryptography;
using Gateway.Api.Configuration;

namespace Gateway.Api.Access.Jwt;

/// <summary>RS256 and PS256. The handle goes with the key, when its issuer has published others and nothing refers to it any more.</summary>
internal sealed class RsaKey(string? id, RSA rsa, params string[] algorithms) : SigningKey(id, algorithms)
{
    private readonly Lock _one = new();

    public override bool Verify(string algorithm, byte[] signed, byte[] signature)
    {
        lock (_one)
        {
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, algorithm == JwtAlgorithms.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }
    }
}
