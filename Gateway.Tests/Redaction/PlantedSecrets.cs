namespace Gateway.Tests.Redaction;

/// <summary>What must be found nowhere: made up, of the forms that the real ones have. Put together here, so that no scanner of this repository takes them for real.</summary>
internal static class PlantedSecrets
{
    public static readonly string GatewayKey = "sk-gw-" + "Zq3xV7bN9mK2pL5wR8tY1uI4oP6aS0dF";
    public static readonly string OpenAIKey = "sk-proj-" + "Ab12Cd34Ef56Gh78Ij90Kl12Mn34Op56";
    public static readonly string AwsKeyId = "AKIA" + "IOSFODNN7EXAMPLE";
    public static readonly string AwsSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY";
    public static readonly string BedrockKey = "ABSK" + "QmVkcm9ja0FQSUtleS1leGFtcGxlLWF0LTEyMzQ1Njc4OTAxMg==";
    public static readonly string SlackToken = "xoxb-" + "123456789012-abcdefghijklmnop";
    public static readonly string GitHubToken = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    public static readonly string Bearer = "Zm9vYmFyYmF6cXV4cXV1eA";
    public static readonly string Jwt = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJqYW5lIn0." + "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
    public static readonly string Email = "jane.doe@" + "example.com";
    public static readonly string Card = "4111 1111 " + "1111 1111";
    public static readonly string CardInOneGo = "378282246" + "310005";

    public static IReadOnlyList<string> All { get; } = [GatewayKey, OpenAIKey, AwsKeyId, AwsSecret, BedrockKey, SlackToken, GitHubToken, Jwt, Email, Card, CardInOneGo];

    /// <summary>All of them in a sentence, as an error may quote them.</summary>
    public static string Sentence { get; } = $"keys {string.Join(" and ", All)} with Bearer {Bearer}";
}
