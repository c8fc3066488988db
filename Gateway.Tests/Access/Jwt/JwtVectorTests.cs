using System.Buffers.Text;
using System.Text;
using Gateway.Api.Access.Jwt;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

/// <summary>The examples of RFC 7515, appendix A.</summary>
public sealed class JwtVectorTests
{
    private const string Claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string Shared = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

    private const string RsaKey = """
        {"keys":[{"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}]}
        """;

    private const string EllipticKey = """
        {"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
        """;

    private const string A1 = $"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{Claims}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private const string A2 = $"eyJhbGciOiJSUzI1NiJ9.{Claims}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private const string A3 = $"eyJhbGciOiJFUzI1NiJ9.{Claims}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    [Theory]
    [InlineData(A1, null)]
    [InlineData(A2, RsaKey)]
    [InlineData(A3, EllipticKey)]
    [Trait("Requirement", "G6.1")]
    public void The_examples_of_the_standard_are_verified_and_nothing_near_them(string token, string? jwks)
    {
        var keys = jwks is null ? new KeySet([new SharedKey(Base64Url.DecodeFromChars(Shared))]) : JwksReader.Read(Encoding.UTF8.GetBytes(jwks));

        JwtDocument.TryRead(token, out var document).ShouldBeNull();
        var key = keys.Find(document!.KeyId, document.Algorithm).ShouldHaveSingleItem();

        key.Verify(document.Algorithm, document.Signed, document.Signature).ShouldBeTrue();
        JwtDocument.TextOf(document.Claims, "iss").ShouldBe("joe");
        key.Verify(document.Algorithm, [.. document.Signed[..^1], (byte)(document.Signed[^1] ^ 1)], document.Signature).ShouldBeFalse();
        key.Verify(document.Algorithm, document.Signed, [.. document.Signature[..^1], (byte)(document.Signature[^1] ^ 1)]).ShouldBeFalse();
        key.Verify(document.Algorithm, document.Signed, []).ShouldBeFalse();
        foreach (var other in new[] { "HS256", "RS256", "ES256" }.Where(name => name != document.Algorithm))
        {
            keys.Find(document.KeyId, other).ShouldBeEmpty();
        }
    }
}
