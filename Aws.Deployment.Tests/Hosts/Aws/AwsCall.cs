using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>A request to AWS: whose it is for is in its signature.</summary>
internal sealed class AwsCall
{
    private readonly Dictionary<string, StringValues> _form;

    private AwsCall(HttpRequest request, byte[] body, string region, string service)
    {
        (Method, Path, Query) = (request.Method, request.Path.Value ?? "", QueryHelpers.ParseQuery(request.QueryString.Value));
        (Body, Region, Service) = (body, region, service);
        _form = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) is true ? QueryHelpers.ParseQuery(Text) : [];
        Target = request.Headers["X-Amz-Target"].ToString();
        Metadata = request.Headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key, header => header.Value.ToString());
        Action = this["Action"] ?? (Query.TryGetValue("partNumber", out var part) ? $"UploadPart {part}" : Target.Split('.')[^1]);
    }

    public string Method { get; }

    public string Path { get; }

    public IReadOnlyDictionary<string, StringValues> Query { get; }

    /// <summary>Such as <c>AmazonSSM.GetParameter</c>.</summary>
    public string Target { get; }

    /// <summary>What is kept with an object of S3.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    public byte[] Body { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>Such as <c>DescribeStacks</c>; empty for S3 and Route 53, which have paths.</summary>
    public string Action { get; }

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    /// <summary>A parameter of a query, such as <c>StackName</c>.</summary>
    public string? this[string name] => _form.TryGetValue(name, out var value) ? value.ToString() : null;

    public IReadOnlyCollection<string> Parameters => _form.Keys;

    public static async Task<AwsCall> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);

        // AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-central-1/ssm/aws4_request, SignedHeaders=…, Signature=…
        var scope = request.Headers.Authorization.ToString().Split(['=', ','])[1].Split('/');
        var body = request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal) ? Unchunk(buffer.ToArray()) : buffer.ToArray();
        return new AwsCall(request, body, scope[2], scope[3]);
    }

    // 10000;chunk-signature=ad80…\r\n<65,536 bytes>\r\n0;chunk-signature=b681…\r\n
    private static byte[] Unchunk(byte[] sent)
    {
        using var whole = new MemoryStream();
        for (var at = 0; ;)
        {
            var end = at + sent.AsSpan(at).IndexOf("\r\n"u8);
            var size = int.Parse(Encoding.ASCII.GetString(sent, at, end - at).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return whole.ToArray();
            }

            whole.Write(sent, end + 2, size);
            at = end + 2 + size + 2;
        }
    }
}
