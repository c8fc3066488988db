using System.Collections.Concurrent;
using System.Text;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>
/// As much of AWS as the tool, CDK's own command and AWS's own command call, on loopback, over the real wire protocols. Which service is
/// called stands in the signature.
/// </summary>
internal sealed class LoopbackAws : IAsyncDisposable
{
    public const string Account = "123456789012";
    public const string Region = "eu-central-1";

    private readonly ConcurrentDictionary<string, (int Times, int Status, string Code, string Message)> _faults = [];
    private readonly ConcurrentQueue<AwsCall> _calls = [];
    private ScriptedUpstream _server = null!;

    public LoopbackStacks Stacks { get; } = new();

    public LoopbackSecrets Secrets { get; } = new();

    public LoopbackBuckets Buckets { get; } = new();

    public LoopbackRegistry Registry { get; } = new();

    public LoopbackAccount Settings { get; } = new();

    public Uri Address => _server.Address;

    public IEnumerable<AwsCall> Calls => _calls;

    /// <summary>What leads a process here.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["AWS_ENDPOINT_URL"] = Address.AbsoluteUri.TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = "AKIDOFTHETEST",
        ["AWS_SECRET_ACCESS_KEY"] = "aws-access-of-the-test",
        ["AWS_REGION"] = Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public static async Task<LoopbackAws> StartAsync()
    {
        var aws = new LoopbackAws();
        aws.Stacks.TemplateAt = url => Encoding.UTF8.GetString(aws.Buckets.Objects[new Uri(url).AbsolutePath.TrimStart('/')]);
        aws._server = await ScriptedUpstream.StartAsync(aws.AnswerAsync);
        return aws;
    }

    /// <summary>The next calls of an action fail so.</summary>
    public void Fail(string action, int status, string code, string message, int times = int.MaxValue) => _faults[action] = (times, status, code, message);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var call = await AwsCall.ReadAsync(http.Request);
        _calls.Enqueue(call);
        var answer = Planned(call) ?? Answer(call);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        if (!HttpMethods.IsHead(http.Request.Method) && answer.Status != StatusCodes.Status204NoContent)
        {
            await http.Response.Body.WriteAsync(answer.Body);
        }
    }

    // A fault of the test's own is nothing to be tried again.
    private AwsAnswer Answer(AwsCall call)
    {
        try
        {
            return call.Service switch
            {
                "cloudformation" => Stacks.Answer(call),
                "secretsmanager" => Secrets.Answer(call),
                "s3" => Buckets.Answer(call),
                "ecr" => Registry.Answer(call),
                _ => Settings.Answer(call),
            };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return AwsAnswer.Fault(call, 400, "FaultOfTheTest", $"{call.Action} {call.Text}: {fault}");
        }
    }

    private AwsAnswer? Planned(AwsCall call)
    {
        if (!_faults.TryGetValue(call.Action, out var fault) || fault.Times == 0)
        {
            return null;
        }

        _faults[call.Action] = fault with { Times = fault.Times - 1 };
        return AwsAnswer.Fault(call, fault.Status, fault.Code, fault.Message);
    }
}
