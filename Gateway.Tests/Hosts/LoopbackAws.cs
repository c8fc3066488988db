using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Tests.Hosts;

/// <summary>Secrets Manager, Parameter Store and SNS on loopback: what they take and answer, and signatures checked as AWS does.</summary>
internal sealed class LoopbackAws : IAsyncDisposable
{
    private const string PageField = "Parameters";

    public const string AccessKey = "AKIDSECRETS";
    public const string SecretAccessKey = "aws-access-of-the-test";

    private readonly ConcurrentQueue<(int Status, string Code)> _failures = [];
    private readonly SemaphoreSlim _called = new(0);
    private ScriptedUpstream _server = null!;
    private int _calls;

    public ConcurrentDictionary<string, JsonObject> Secrets { get; } = [];

    public ConcurrentDictionary<string, string> Parameters { get; } = [];

    /// <summary>The forms that were published to topics.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Published { get; } = [];

    /// <summary>What the last signature was for, such as <c>eu-central-1/secretsmanager</c>.</summary>
    public string? Scope { get; private set; }

    /// <summary>Fails every call where it is set.</summary>
    public (int Status, string Code)? Failing { get; set; }

    /// <summary>What each answer waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Calls => Volatile.Read(ref _calls);

    public Uri Address => _server.Address;

    /// <summary>What leads a gateway here.</summary>
    public (string Key, string Value)[] Settings =>
        [("Secrets:ServiceUrl", Address.AbsoluteUri), ("AWS_ACCESS_KEY_ID", AccessKey), ("AWS_SECRET_ACCESS_KEY", SecretAccessKey), ("AWS_REGION", "eu-central-1")];

    public static async Task<LoopbackAws> StartAsync()
    {
        var aws = new LoopbackAws();
        aws._server = await ScriptedUpstream.StartAsync(aws.AnswerAsync);
        return aws;
    }

    public void Put(string secret, string text) => Secrets[secret] = new JsonObject { ["Name"] = secret, ["SecretString"] = text };

    /// <summary>The next call fails so.</summary>
    public void FailOnce(int status, string code) => _failures.Enqueue((status, code));

    /// <summary>Ends when it was called that many times more.</summary>
    public async Task CalledAsync(int times, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            await _called.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _called.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        var (status, reply) = Answer(http.Request, body);
        Interlocked.Increment(ref _calls);
        _called.Release();
        await Gate;
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/x-amz-json-1.1";
        await http.Response.WriteAsync(reply.ToJsonString());
    }

    private (int Status, JsonObject Reply) Answer(HttpRequest request, byte[] body)
    {
        if (!IsSigned(request, body))
        {
            return Error(400, "InvalidSignatureException");
        }

        if (request.ContentType == "application/x-www-form-urlencoded")
        {
            return Publish(body);
        }

        if ((_failures.TryDequeue(out var once) ? once : Failing) is { } failure)
        {
            return Error(failure.Status, failure.Code);
        }

        var asked = JsonNode.Parse(body)!;
        return request.Headers["X-Amz-Target"].ToString() switch
        {
            "secretsmanager.GetSecretValue" =>
                Secrets.TryGetValue((string)asked["SecretId"]!, out var secret) ? (200, (JsonObject)secret.DeepClone()) : Error(400, "ResourceNotFoundException"),
            "AmazonSSM.GetParameter" when (bool)asked["WithDecryption"]! =>
                Parameters.TryGetValue((string)asked["Name"]!, out var value) ? (200, new JsonObject { ["Parameter"] = Parameter((string)asked["Name"]!, value) }) : Error(400, "ParameterNotFound"),
            "AmazonSSM.GetParametersByPath" when (bool)asked["WithDecryption"]! && (bool)asked["Recursive"]! => (200, Page(asked)),
            var other => Error(400, $"UnknownOperation {other}"),
        };
    }

    // SNS answers in XML, of which only an error's code is read.
    private (int Status, JsonObject Reply) Publish(byte[] body)
    {
        if (_failures.TryDequeue(out var failure))
        {
            return (failure.Status, new JsonObject { ["xml"] = $"<Code>{failure.Code}</Code>" });
        }

        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).ToDictionary(field => field.Key, field => field.Value.ToString());
        Published.Enqueue(form);
        return form["Action"] == "Publish" && form["Version"] == "2010-03-31" ? (200, []) : Error(400, "InvalidAction");
    }

    private JsonObject Page(JsonNode asked)
    {
        var (from, most) = (int.Parse((string?)asked["NextToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture), (int)asked["MaxResults"]!);
        var all = Parameters.Where(parameter => parameter.Key.StartsWith((string)asked["Path"]!, StringComparison.Ordinal)).OrderBy(parameter => parameter.Key, StringComparer.Ordinal).ToList();
        var page = new JsonObject { [PageField] = new JsonArray([.. all.Skip(from).Take(most).Select(parameter => Parameter(parameter.Key, parameter.Value))]) };
        if (from + most < all.Count)
        {
            page["NextToken"] = $"{from + most}";
        }

        return page;
    }

    private static JsonObject Parameter(string name, string value) => new() { ["Name"] = name, ["Type"] = "SecureString", ["Value"] = value, ["Version"] = 1 };

    private static (int Status, JsonObject Reply) Error(int status, string code) =>
        (status, new JsonObject { ["__type"] = $"com.amazonaws#{code}", ["Message"] = "In AWS's own words." });

    // AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-central-1/ssm/aws4_request, SignedHeaders=host;x-amz-date, Signature=…
    private bool IsSigned(HttpRequest request, byte[] body)
    {
        var parts = request.Headers.Authorization.ToString().Replace("AWS4-HMAC-SHA256 ", "", StringComparison.Ordinal).Split(", ").Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var (credential, names) = (parts["Credential"].Split('/', 2), parts["SignedHeaders"].Split(';'));
        var canonical = $"{request.Method}\n{request.Path}\n\n{string.Concat(names.Select(name => $"{name}:{request.Headers[name]}\n"))}\n{parts["SignedHeaders"]}\n{Hash(body)}";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{credential[1]}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var key = credential[1].Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{SecretAccessKey}"), Sign);
        Scope = string.Join('/', credential[1].Split('/')[1..3]);
        var mustBeSigned = request.Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)).Select(name => name.ToLowerInvariant()).Append("host");
        return credential[0] == AccessKey && !mustBeSigned.Except(names).Any() && Convert.ToHexStringLower(Sign(key, toSign)) == parts["Signature"];
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
