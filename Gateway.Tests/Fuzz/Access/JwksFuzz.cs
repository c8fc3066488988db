using System.Text.Json;
using Gateway.Api.Access.Jwt;
using Gateway.Tests.Fuzz.Generation;

namespace Gateway.Tests.Fuzz.Access;

public sealed class JwksFuzz : ParserFuzz
{
    private static readonly string Modulus = new('q', 342);

    protected override IReadOnlyList<string> Examples { get; } =
    [
        $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"k1","alg":"RS256","n":"{{Modulus}}","e":"AQAB"},{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","key_ops":["verify"]}]}""",
        """{"keys":[{"kty":"oct","k":"c2VjcmV0"},{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\"keys\":", "\"kty\":", "\"n\":", "\"e\":", "\"RSA\"", "\"EC\"", "AQAB", "AA", "\"\""];

    protected override int Slowness => 10;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        try
        {
            _ = JwksReader.Read(input);
        }
        catch (Exception declared) when (declared is JsonException or InvalidOperationException)
        {
            // What JwksSource takes for an answer that is no key set.
        }
    }
}
