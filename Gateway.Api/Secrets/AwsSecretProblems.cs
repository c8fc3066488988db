using Gateway.Api.Providers;
using ServiceDefaults.Aws;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Secrets;

/// <summary>Why a secret of AWS cannot be used, and what to do about it. It is looked for again by itself.</summary>
internal static class AwsSecretProblems
{
    private const string Again = "The gateway looks again by itself.";

    public static ProviderProblem Pending(string reference) => new($"{reference} is being read for the first time.", "Wait a moment.");

    public static ProviderProblem Binary(string reference) =>
        new($"{reference} leads to a binary secret.", $"Put it into Secrets Manager as text. {Again}");

    public static ProviderProblem NotJson(string reference) =>
        new($"{reference} names a key, and the secret is not a JSON object.", $"Leave '#' and the key away, or make the secret a JSON object. {Again}");

    public static ProviderProblem NoKey(string reference) =>
        new($"{reference} names a key that the secret's JSON does not have as a text.", $"Put the key into the secret, or name one that is there. {Again}");

    public static ProviderProblem Malformed(string reference, string fault) =>
        new($"{reference} leads to no credential: {fault}.", $"Store the credential alone, on one line. {Again}");

    public static ProviderProblem Unexpected(string reference) =>
        new($"{reference} could not be read: AWS's answer is not as it should be.", $"See that Secrets:ServiceUrl, where it is set, leads to the right service. {Again}");

    public static ProviderProblem Of(string reference, AwsSecretAddress address, string region, AwsServiceException failure) => failure.Code switch
    {
        "ResourceNotFoundException" or "ParameterNotFound" or "ParameterVersionNotFound" => new(
            $"{reference} leads to nothing: there is no such {(address.IsParameter ? "parameter" : "secret")} in {region}.",
            $"Create it, or put its name or ARN into the reference. {Again}"),
        "AccessDeniedException" or "DecryptionFailure" or "InvalidKeyId" => new(
            $"AWS does not let the gateway read {reference} in {region} ({failure.Code}).",
            $"Allow {(address.IsParameter ? "ssm:GetParameter" : "secretsmanager:GetSecretValue")}, and kms:Decrypt for its key. {Again}"),
        "InvalidRequestException" => new($"{reference} is marked for deletion, or has no value yet ({failure.Code}).", $"Restore it, or give it a value. {Again}"),
        AwsServiceException.NoCredentials => new(
            $"{reference} could not be read: the gateway has no AWS credentials.", $"Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role, where the gateway runs. {Again}"),
        AwsServiceException.Unreachable => new($"{reference} could not be read: AWS cannot be reached in {region}.", $"Look at the network, and at AWS_REGION. {Again}"),
        _ => new($"{reference} could not be read in {region} ({failure.Code}).", $"See what AWS says of the error. {Again}"),
    };
}
