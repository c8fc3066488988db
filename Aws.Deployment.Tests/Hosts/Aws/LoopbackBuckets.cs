using System.Collections.Concurrent;
using System.Xml.Linq;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>S3, addressed by path: objects with versions.</summary>
internal sealed class LoopbackBuckets
{
    private static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>By bucket and key, such as <c>bucket/some/key</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = [];

    public AwsAnswer Answer(AwsCall call)
    {
        var path = call.Path.TrimStart('/').TrimEnd('/');
        var (bucket, query) = (path.Split('/')[0], call.Query);
        return (call.Method, path.Contains('/', StringComparison.Ordinal)) switch
        {
            ("PUT", true) => Put(path, call.Body),
            ("HEAD", true) => Objects.TryGetValue(path, out var found) ? AwsAnswer.Empty() with { Headers = new Dictionary<string, string> { ["Content-Length"] = $"{found.Length}", ["ETag"] = "\"1\"" } } : AwsAnswer.Empty(404),
            ("GET", true) => Objects.TryGetValue(path, out var body) ? new AwsAnswer(200, "application/octet-stream", body) : AwsAnswer.Fault(call, 404, "NoSuchKey", path),
            ("GET", false) when query.ContainsKey("location") => AwsAnswer.Of(new XElement(Space + "LocationConstraint", LoopbackAws.Region)),
            ("GET", false) when query.ContainsKey("versions") => Versions(bucket),
            ("GET", false) when query.ContainsKey("encryption") => AwsAnswer.Fault(call, 404, "ServerSideEncryptionConfigurationNotFoundError", ""),
            ("GET", false) => List(bucket, query.GetValueOrDefault("prefix").ToString()),
            ("HEAD", false) => AwsAnswer.Empty(),
            ("POST", false) when query.ContainsKey("delete") => Delete(bucket, call.Text),
            _ => AwsAnswer.Fault(call, 400, "InvalidRequest", $"{call.Method} {call.Path}"),
        };
    }

    private AwsAnswer Put(string path, byte[] body)
    {
        Objects[path] = body;
        return AwsAnswer.Empty() with { Headers = new Dictionary<string, string> { ["ETag"] = "\"1\"" } };
    }

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
