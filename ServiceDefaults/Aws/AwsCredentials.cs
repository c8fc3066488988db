namespace ServiceDefaults.Aws;

/// <summary>What a request to AWS is signed with.</summary>
/// <param name="AccessKeyId">Names the secret; sent.</param>
/// <param name="SecretAccessKey">Never sent.</param>
/// <param name="SessionToken">Sent with temporary credentials; null with lasting ones.</param>
/// <param name="ExpiresAt">In UTC; null where they last.</param>
public sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null, DateTimeOffset? ExpiresAt = null)
{
    // A record prints its members; the secrets must not be among them.
    public override string ToString() => AccessKeyId;
}
