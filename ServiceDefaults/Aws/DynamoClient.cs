using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Aws;

/// <summary>Makes clients of DynamoDB.</summary>
public static class DynamoClient
{
    private const int Retries = 2;

    /// <summary>Credentials come from the configuration, which holds the environment, and else from the usual chain; so does the region.</summary>
    /// <param name="configuration">What holds <c>AWS_ACCESS_KEY_ID</c> and the like.</param>
    /// <param name="serviceUrl">Where DynamoDB is reached instead of at AWS.</param>
    /// <param name="timeout">For whoever cannot wait: how long one attempt may take, of which there are three. Minutes, and the client's ten, where null.</param>
    public static AmazonDynamoDBClient Create(IConfiguration configuration, string? serviceUrl, TimeSpan? timeout = null)
    {
        var config = new AmazonDynamoDBConfig { Timeout = timeout };
        if (timeout is not null)
        {
            config.MaxErrorRetry = Retries;
        }

        var region = new[] { configuration["AWS_REGION"], configuration["AWS_DEFAULT_REGION"] }.FirstOrDefault(name => !string.IsNullOrEmpty(name));
        if (!string.IsNullOrEmpty(serviceUrl))
        {
            (config.ServiceURL, config.AuthenticationRegion) = (serviceUrl, region);
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return CredentialsIn(configuration) is { } credentials ? new AmazonDynamoDBClient(credentials, config) : new AmazonDynamoDBClient(config);
    }

    private static AWSCredentials? CredentialsIn(IConfiguration configuration) =>
        (configuration["AWS_ACCESS_KEY_ID"], configuration["AWS_SECRET_ACCESS_KEY"], configuration["AWS_SESSION_TOKEN"]) switch
        {
            ({ Length: > 0 } id, { Length: > 0 } secret, { Length: > 0 } token) => new SessionAWSCredentials(id, secret, token),
            ({ Length: > 0 } id, { Length: > 0 } secret, _) => new BasicAWSCredentials(id, secret),
            _ => null,
        };
}
