using Amazon.Runtime;
using Microsoft.Extensions.Configuration;
using ServiceDefaults.Aws;

namespace Aws.Deployment.Operations.Aws;

/// <summary>Whose calls go where.</summary>
/// <param name="Endpoint">Where every service is reached instead of at AWS: <c>AWS_ENDPOINT_URL</c>; null at AWS.</param>
internal sealed record AwsSession(AwsCredentials Credentials, string Region, Uri? Endpoint)
{
    private const string EndpointVariable = "AWS_ENDPOINT_URL";

    /// <exception cref="AmazonClientException">There are no credentials.</exception>
    /// <param name="configuration">Holds the environment.</param>
    public static async Task<AwsSession> OpenAsync(string region, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var endpoint = configuration[EndpointVariable] is { Length: > 0 } url ? new Uri(url.EndsWith('/') ? url : $"{url}/") : null;
        return new AwsSession(await new AwsCredentialChain(configuration).FindAsync(cancellationToken), region, endpoint);
    }

    /// <summary>Where a service is, such as <c>cloudformation</c>.</summary>
    public Uri AddressOf(string service, string region) =>
        Endpoint ?? new Uri(service switch
        {
            "route53" => "https://route53.amazonaws.com/",
            "ecr" => $"https://api.ecr.{region}.amazonaws.com/",
            _ => $"https://{service}.{region}.amazonaws.com/",
        });
}
