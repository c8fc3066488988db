namespace Gateway.Api.Configuration;

/// <summary>The values of <see cref="JwtIssuerOptions.Algorithms"/> (RFC 7518, section 3.1).</summary>
internal static class JwtAlgorithms
{
    public const string HS256 = "HS256";
    public const string RS256 = "RS256";
    public const string PS256 = "PS256";
    public const string ES256 = "ES256";

    public static readonly string[] WithSharedKey = [HS256];

    public static readonly string[] WithPublicKey = [RS256, PS256, ES256];
}
