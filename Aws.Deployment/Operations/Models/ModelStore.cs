using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Aws.Deployment.Operations.Models;

/// <summary>
/// Where weights are in S3. Each file carries its SHA-256, and each part of a large one is checked by S3 against its own; what is there
/// already is not sent again, neither files nor the parts of an upload that was broken off.
/// </summary>
/// <param name="model">The model's name, which is its path in the bucket.</param>
/// <param name="partBytes">How large a part is; S3 takes 5 MiB to 5 GiB, and 10,000 of them.</param>
internal sealed class ModelStore(IAmazonS3 s3, string bucket, string model, TextWriter output, int partBytes)
{
    public const int DefaultPartBytes = 64 * 1024 * 1024;

    private const string Hash = "sha256";

    /// <summary>Whether there is a model at all.</summary>
    public async Task<bool> HasModelAsync(CancellationToken cancellationToken)
    {
        var page = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = $"{model}/", MaxKeys = 1 }, cancellationToken);
        return page.S3Objects is { Count: > 0 };
    }

    /// <returns>Whether it was sent; else it was there.</returns>
    public async Task<bool> PutAsync(WeightFile file, CancellationToken cancellationToken)
    {
        var (key, length) = ($"{model}/{file.Name}", new FileInfo(file.Path).Length);
        var hash = await HashAsync(file.Path, cancellationToken);
        if (await HashOfAsync(key, cancellationToken) == hash)
        {
            await output.WriteLineAsync($"  {file.Name}: there already");
            return false;
        }

        if (length <= partBytes)
        {
            var request = new PutObjectRequest { BucketName = bucket, Key = key, FilePath = file.Path, ChecksumAlgorithm = ChecksumAlgorithm.SHA256 };
            request.Metadata[Hash] = hash;
            await s3.PutObjectAsync(request, cancellationToken);
        }
        else
        {
            await PutPartsAsync(file, key, length, hash, cancellationToken);
        }

        await output.WriteLineAsync($"  {file.Name}: {length:N0} bytes sent");
        return true;
    }

    private async Task PutPartsAsync(WeightFile file, string key, long length, string hash, CancellationToken cancellationToken)
    {
        var upload = await UnfinishedAsync(key, cancellationToken) ?? await BeginAsync(key, hash, cancellationToken);
        var there = await PartsAsync(key, upload, cancellationToken);
        var parts = new List<PartETag>();
        var buffer = new byte[partBytes];
        await using var content = File.OpenRead(file.Path);
        for (var number = 1; content.Position < length; number++)
        {
            var count = await content.ReadAtLeastAsync(buffer, partBytes, throwOnEndOfStream: false, cancellationToken);
            var checksum = Convert.ToBase64String(SHA256.HashData(buffer.AsSpan(0, count)));
            if (there.GetValueOrDefault(number) is { } known && known.ChecksumSHA256 == checksum)
            {
                parts.Add(new PartETag(number, known.ETag) { ChecksumSHA256 = checksum });
                continue;
            }

            using var part = new MemoryStream(buffer, 0, count);
            var sent = await s3.UploadPartAsync(
                new UploadPartRequest { BucketName = bucket, Key = key, UploadId = upload, PartNumber = number, InputStream = part, PartSize = count, ChecksumAlgorithm = ChecksumAlgorithm.SHA256, ChecksumSHA256 = checksum }, cancellationToken);
            parts.Add(new PartETag(number, sent.ETag) { ChecksumSHA256 = checksum });
            await output.WriteLineAsync($"  {file.Name}: {content.Position:N0} of {length:N0} bytes");
        }

        await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload, PartETags = parts }, cancellationToken);
    }

    private async Task<string> BeginAsync(string key, string hash, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ChecksumAlgorithm = ChecksumAlgorithm.SHA256 };
        request.Metadata[Hash] = hash;
        return (await s3.InitiateMultipartUploadAsync(request, cancellationToken)).UploadId;
    }

    private async Task<string?> UnfinishedAsync(string key, CancellationToken cancellationToken)
    {
        var page = await s3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket, Prefix = key }, cancellationToken);
        return page.MultipartUploads?.Where(upload => upload.Key == key).OrderByDescending(upload => upload.Initiated).FirstOrDefault()?.UploadId;
    }

    private async Task<Dictionary<int, PartDetail>> PartsAsync(string key, string upload, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<int, PartDetail>();
        var request = new ListPartsRequest { BucketName = bucket, Key = key, UploadId = upload };
        ListPartsResponse page;
        do
        {
            page = await s3.ListPartsAsync(request, cancellationToken);
            foreach (var part in page.Parts ?? [])
            {
                parts[part.PartNumber ?? 0] = part;
            }

            request.PartNumberMarker = $"{page.NextPartNumberMarker}";
        }
        while (page.IsTruncated is true);
        return parts;
    }

    private async Task<string?> HashOfAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return (await s3.GetObjectMetadataAsync(bucket, key, cancellationToken)).Metadata[Hash];
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }
}
