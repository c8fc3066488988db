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
        Action = this["Action"] ?? request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
    }

    public string Method { get; }

    public string Path { get; }

    public IReadOnlyDictionary<string, StringValues> Query { get; }

    public byte[] Body { get; }

    public string Region { get; }

    public string Service { get; }

    /// <summary>Such as <c>DescribeStacks</c>; empty for S3 and Route 53, which have paths.</summary>
    public string Action { get; }

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

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
        return new AwsCall(request, buffer.ToArray(), scope[2], scope[3]);
    }
}
