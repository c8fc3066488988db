using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Aws;

/// <summary>
/// Where AWS credentials come from: the configuration, which holds the environment, and then AWS's own chain of web identity, profiles,
/// container and instance roles (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html).
/// </summary>
public sealed class AwsCredentialChain(IConfiguration configuration)
{
    /// <exception cref="AmazonClientException">There are none.</exception>
    public Task<AwsCredentials> FindAsync(CancellationToken cancellationToken)
    {
        if (configuration["AWS_ACCESS_KEY_ID"] is { Length: > 0 } id && configuration["AWS_SECRET_ACCESS_KEY"] is { Length: > 0 } secret)
        {
            return Task.FromResult(new AwsCredentials(id, secret, configuration["AWS_SESSION_TOKEN"] is { Length: > 0 } token ? token : null));
        }

        // The chain reads files and asks services, some of it without giving the thread back.
        return Task.Run(AskChainAsync, cancellationToken);
    }

    private static async Task<AwsCredentials> AskChainAsync()
    {
        var chain = await ResolveAsync();
        var found = await chain.GetCredentialsAsync();
        return new AwsCredentials(found.AccessKey, found.SecretKey, string.IsNullOrEmpty(found.Token) ? null : found.Token, chain.Expiration is { } end ? new DateTimeOffset(end.ToUniversalTime()) : null);
    }

    private static async Task<AWSCredentials> ResolveAsync()
    {
        try
        {
            return await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync();
        }
        catch (AmazonClientException none)
        {
            // Its own text is a page long: one paragraph for each place that has none.
            throw new AmazonClientException("neither the environment nor a profile, a web identity, or a role of the container or the machine has any.", none);
        }
    }
}
