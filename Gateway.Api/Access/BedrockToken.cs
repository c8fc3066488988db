namespace Gateway.Api.Access;

/// <summary>
/// A Bedrock API key (https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html) that a caller brings in place of a key of ours.
/// Whether it is good Bedrock alone knows; here only its form is looked at.
/// </summary>
internal static class BedrockToken
{
    private const string LongTerm = "ABSK";
    private const string ShortTerm = "bedrock-api-key-";
    private const int ShownHash = 16;

    public static bool LooksLike(ReadOnlySpan<char> secret) =>
        secret.StartsWith(LongTerm, StringComparison.Ordinal) || secret.StartsWith(ShortTerm, StringComparison.Ordinal);

    /// <summary>Who brings the token: somebody of their own, known by its hash alone.</summary>
    public static ApiKey IdentityOf(KeyHash hash, DateTimeOffset now)
    {
        var id = $"bedrock-{hash.ToString()[..ShownHash].ToLowerInvariant()}";
        return new ApiKey { Id = id, Hash = hash.ToString(), Prefix = "", Name = "Bedrock API key", Tenant = id, CreatedAt = now };
    }
}
