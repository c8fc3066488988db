using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Api.Access.Jwt;
using Gateway.Api.Configuration;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Access;

/// <summary>Tokens whose JSON is changed before they are put together, and tokens changed as they are.</summary>
public sealed class JwtFuzz : ParserFuzz
{
    private static readonly string[] Headers = ["""{"alg":"RS256","kid":"k1","typ":"JWT"}""", """{"alg":"none"}""", """{"alg":"ES256","crit":["exp"]}"""];

    private static readonly string[] Claims =
    [
        """{"iss":"https://idp","aud":"gateway","sub":"u1","exp":1900000000,"nbf":1,"tenant":"acme","models":["a","b"],"tier":"gold","groups":["admins"]}""",
        """{"iss":"https://idp","aud":["gateway","x"],"sub":"u1","exp":1.9e9,"scope":"a b","models":"a b"}""",
    ];

    private static readonly JwtIssuerOptions Issuer = new()
    {
        Issuer = "https://idp", Audience = "gateway", TenantClaim = "tenant", UserClaim = "sub", TierClaim = "tier", ModelsClaim = "models", AdminClaim = "groups=admins",
    };

    private readonly Mutator _headers = new([.. Headers.Select(Encoding.UTF8.GetBytes)], ["\"alg\":", "\"kid\":", "\"typ\":", "\"crit\":"]);
    private readonly Mutator _claims = new([.. Claims.Select(Encoding.UTF8.GetBytes)], ["\"exp\":", "\"aud\":", "\"sub\":", "\"models\":", "9999999999", "1e308"]);

    protected override IReadOnlyList<string> Examples { get; } = [.. Headers.Select(header => Token(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(Claims[0]), "sig"u8.ToArray()))];

    protected override IReadOnlyList<string> Words { get; } = [".", "..", "=", "eyJ", "e30", "-", "_", "+", "/"];

    protected override byte[] Make(FuzzRandom random) => random.OneIn(3)
        ? Mutations.Next(random)
        : Encoding.ASCII.GetBytes(Token(_headers.Next(random), _claims.Next(random), random.Bytes(random.Below(70))));

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var text = Utf8(input);
        try
        {
            if (JwtDocument.TryRead(text, out var token) is not null)
            {
                token.ShouldBeNull();
                return;
            }

            Encoding.ASCII.GetString(token!.Signed).ShouldBe(text[..text.LastIndexOf('.')]);
            Base64Url.EncodeToString(token.Signature).ShouldBe(text[(text.LastIndexOf('.') + 1)..]);
            if (JwtClaims.TryRead(token.Claims, Issuer, DateTimeOffset.UnixEpoch.AddYears(50), out var claims) is null)
            {
                claims.Subject.ShouldNotBeNullOrEmpty();
                claims.Tenant.ShouldNotBeNullOrEmpty();
                claims.Until.ShouldBeGreaterThan(DateTimeOffset.UnixEpoch.AddYears(50));
            }
        }
        catch (Exception declared) when (declared is JsonException or InvalidOperationException or CryptographicException)
        {
            // What JwtAuthentication refuses as malformed.
        }
    }

    private static string Token(byte[] header, byte[] claims, byte[] signature) => $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}.{Base64Url.EncodeToString(signature)}";
}
