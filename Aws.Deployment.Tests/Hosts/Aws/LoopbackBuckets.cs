using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>S3, addressed by path: objects with versions.</summary>
internal sealed class LoopbackBuckets
{
    private static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly ConcurrentDictionary<string, (string Path, IReadOnlyDictionary<string, string> Metadata, ConcurrentDictionary<int, byte[]> Parts)> _uploads = [];

    /// <summary>By bucket and key, such as <c>bucket/some/key</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = [];

    /// <summary>The metadata of objects, by bucket and key.</summary>
    public ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Metadata { get; } = [];

    public AwsAnswer Answer(AwsCall call)
    {
        var path = call.Path.TrimStart('/').TrimEnd('/');
        var (bucket, query) = (path.Split('/')[0], call.Query);
        return (call.Method, path.Contains('/', StringComparison.Ordinal)) switch
        {
            ("POST", true) when query.ContainsKey("uploads") => Begin(path, call),
            ("POST", true) when query.TryGetValue("uploadId", out var upload) => Complete(path, upload.ToString()),
            ("PUT", true) when query.TryGetValue("uploadId", out var upload) => PutPart(call, upload.ToString(), int.Parse(query["partNumber"].ToString(), CultureInfo.InvariantCulture)),
            ("PUT", true) => Put(path, call.Body, call.Metadata),
            ("HEAD", true) => Objects.TryGetValue(path, out var found) ? AwsAnswer.Empty() with { Headers = Head(path, found.Length) } : AwsAnswer.Empty(404),
            ("GET", true) when query.TryGetValue("uploadId", out var upload) => Parts(upload.ToString()),
            ("GET", true) => Objects.TryGetValue(path, out var body) ? new AwsAnswer(200, "application/octet-stream", body) : AwsAnswer.Fault(call, 404, "NoSuchKey", path),
            ("GET", false) when query.ContainsKey("location") => AwsAnswer.Of(new XElement(Space + "LocationConstraint", LoopbackAws.Region)),
            ("GET", false) when query.ContainsKey("versions") => Versions(bucket),
            ("GET", false) when query.ContainsKey("uploads") => Uploads(bucket, query.GetValueOrDefault("prefix").ToString()),
            ("GET", false) when query.ContainsKey("encryption") => AwsAnswer.Fault(call, 404, "ServerSideEncryptionConfigurationNotFoundError", ""),
            ("GET", false) => List(bucket, query.GetValueOrDefault("prefix").ToString()),
            ("HEAD", false) => AwsAnswer.Empty(),
            ("POST", false) when query.ContainsKey("delete") => Delete(bucket, call.Text),
            _ => AwsAnswer.Fault(call, 400, "InvalidRequest", $"{call.Method} {call.Path}"),
        };
    }

    private Dictionary<string, string> Head(string path, int length) =>
        new(Metadata.GetValueOrDefault(path) ?? new Dictionary<string, string>()) { ["Content-Length"] = $"{length}", ["ETag"] = "\"1\"" };

    private AwsAnswer Put(string path, byte[] body, IReadOnlyDictionary<string, string> metadata)
    {
        (Objects[path], Metadata[path]) = (body, metadata);
        return AwsAnswer.Empty() with { Headers = new Dictionary<string, string> { ["ETag"] = "\"1\"" } };
    }

    private AwsAnswer Begin(string path, AwsCall call)
    {
        var id = $"upload-{_uploads.Count + 1}";
        _uploads[id] = (path, call.Metadata, []);
        return AwsAnswer.Of(new XElement(Space + "InitiateMultipartUploadResult", new XElement(Space + "UploadId", id)));
    }

    private AwsAnswer PutPart(AwsCall call, string upload, int number)
    {
        _uploads[upload].Parts[number] = call.Body;
        return AwsAnswer.Empty() with { Headers = new Dictionary<string, string> { ["ETag"] = $"\"{number}\"", ["x-amz-checksum-sha256"] = Checksum(call.Body) } };
    }

    private AwsAnswer Complete(string path, string upload)
    {
        _uploads.TryRemove(upload, out var done);
        Put(path, [.. done.Parts.OrderBy(part => part.Key).SelectMany(part => part.Value)], done.Metadata);
        return AwsAnswer.Of(new XElement(Space + "CompleteMultipartUploadResult", new XElement(Space + "ETag", "\"1\"")));
    }

    private AwsAnswer Parts(string upload) => AwsAnswer.Of(new XElement(
        Space + "ListPartsResult",
        new XElement(Space + "IsTruncated", "false"),
        _uploads[upload].Parts.Select(part => new XElement(Space + "Part", new XElement(Space + "PartNumber", part.Key), new XElement(Space + "ETag", $"\"{part.Key}\""), new XElement(Space + "ChecksumSHA256", Checksum(part.Value))))));

    private AwsAnswer Uploads(string bucket, string prefix) => AwsAnswer.Of(new XElement(
        Space + "ListMultipartUploadsResult",
        new XElement(Space + "IsTruncated", "false"),
        _uploads.Where(upload => upload.Value.Path.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal)).Select(upload => new XElement(
            Space + "Upload", new XElement(Space + "Key", upload.Value.Path[(bucket.Length + 1)..]), new XElement(Space + "UploadId", upload.Key), new XElement(Space + "Initiated", "2026-11-21T18:00:00.000Z")))));

    private static string Checksum(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));

    private IEnumerable<string> Keys(string bucket) =>
        Objects.Keys.Where(path => path.StartsWith($"{bucket}/", StringComparison.Ordinal)).Select(path => path[(bucket.Length + 1)..]).Order(StringComparer.Ordinal);

    private AwsAnswer List(string bucket, string prefix) => AwsAnswer.Of(new XElement(
        Space + "ListBucketResult",
        new XElement(Space + "Name", bucket),
        new XElement(Space + "IsTruncated", "false"),
        Keys(bucket).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => new XElement(Space + "Contents", new XElement(Space + "Key", key), new XElement(Space + "Size", Objects[$"{bucket}/{key}"].Length)))));

    private AwsAnswer Versions(string bucket) => AwsAnswer.Of(new XElement(
        Space + "ListVersionsResult",
        new XElement(Space + "Name", bucket),
        new XElement(Space + "IsTruncated", "false"),
        Keys(bucket).Select(key => new XElement(Space + "Version", new XElement(Space + "Key", key), new XElement(Space + "VersionId", "v1"), new XElement(Space + "IsLatest", "true"), new XElement(Space + "Size", "1")))));

    private AwsAnswer Delete(string bucket, string asked)
    {
        foreach (var key in XDocument.Parse(asked).Descendants().Where(element => element.Name.LocalName == "Key"))
        {
            Objects.TryRemove($"{bucket}/{key.Value}", out _);
        }

        return AwsAnswer.Of(new XElement(Space + "DeleteResult"));
    }
}
