using System.Security.Cryptography;
using Gateway.Api.Configuration;

namespace Gateway.Api.Access.Jwt;

/// <summary>ES256: the curve P-256, the signature as two numbers of 32 bytes (RFC 7518, section 3.4).</summary>
internal sealed class EllipticKey(string? id, ECDsa ecdsa) : SigningKey(id, JwtAlgorithms.ES256)
{
    private const int SignatureBytes = 64;

    private readonly Lock _one = new();

    public override bool Verify(string algorithm, byte[] signed, byte[] signature)
    {
        lock (_one)
        {
            return signature.Length == SignatureBytes && ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
