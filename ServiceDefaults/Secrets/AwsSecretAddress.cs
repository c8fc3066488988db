namespace ServiceDefaults.Secrets;

/// <summary>Where in AWS a <c>secret:</c> or <c>parameter:</c> reference leads.</summary>
/// <param name="IsParameter">Parameter Store, else Secrets Manager.</param>
/// <param name="Id">The name or ARN.</param>
/// <param name="Key">The key in the secret's JSON; null where the whole secret is meant.</param>
/// <param name="Region">What an ARN says; null where a name is given.</param>
public sealed record AwsSecretAddress(bool IsParameter, string Id, string? Key, string? Region)
{
    private const string SecretPrefix = "secret:";
    private const string ParameterPrefix = "parameter:";
    private const int RegionInArn = 3;

    /// <param name="reference">One that <see cref="SecretReference.IsValid"/> takes and that is not of the environment.</param>
    public static AwsSecretAddress Of(string reference)
    {
        if (reference.StartsWith(ParameterPrefix, StringComparison.Ordinal))
        {
            var name = reference[ParameterPrefix.Length..];
            return new(IsParameter: true, name, Key: null, RegionOf(name));
        }

        var parts = reference[SecretPrefix.Length..].Split('#', 2);
        return new(IsParameter: false, parts[0], parts.Length == 2 ? parts[1] : null, RegionOf(parts[0]));
    }

    // arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/openai-AbCdEf
    private static string? RegionOf(string id) =>
        id.StartsWith("arn:", StringComparison.Ordinal) && id.Split(':') is { Length: > RegionInArn } parts && parts[RegionInArn].Length > 0 ? parts[RegionInArn] : null;
}
