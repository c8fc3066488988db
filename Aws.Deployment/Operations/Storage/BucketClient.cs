using Amazon.Runtime;
using Amazon.S3;
using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Storage;

/// <summary>Makes clients of S3.</summary>
internal static class BucketClient
{
    public static AmazonS3Client Create(AwsSession session)
    {
        // Buckets have names of their own in DNS at AWS alone.
        var config = new AmazonS3Config { AuthenticationRegion = session.Region, ForcePathStyle = session.Endpoint is not null };
        if (session.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(session.Region);
        }

        var keys = session.Credentials;
        return new AmazonS3Client(keys.SessionToken is { } token ? new SessionAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey, token) : new BasicAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey), config);
    }
}
