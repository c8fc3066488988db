using Amazon.S3;
using Amazon.S3.Model;

namespace Aws.Deployment.Operations.Storage;

/// <summary>Takes every version of every object out of a bucket, since CloudFormation deletes none that holds any.</summary>
internal static class BucketEmptying
{
    /// <returns>How many versions were taken out; 0 where there is no such bucket.</returns>
    public static async Task<int> RunAsync(IAmazonS3 s3, string bucket, CancellationToken cancellationToken)
    {
        var count = 0;
        var request = new ListVersionsRequest { BucketName = bucket };
        try
        {
            ListVersionsResponse page;
            do
            {
                page = await s3.ListVersionsAsync(request, cancellationToken);
                if (page.Versions is { Count: > 0 } versions)
                {
                    await s3.DeleteObjectsAsync(
                        new DeleteObjectsRequest { BucketName = bucket, Quiet = true, Objects = [.. versions.Select(version => new KeyVersion { Key = version.Key, VersionId = version.VersionId })] }, cancellationToken);
                    count += versions.Count;
                }

                (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
            }
            while (page.IsTruncated is true);
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode is "NoSuchBucket" or "NotFound")
        {
            // Gone already.
        }

        return count;
    }
}
