using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>Secrets Manager.</summary>
internal sealed class LoopbackSecrets
{
    public ConcurrentDictionary<string, string> All { get; } = [];

    /// <summary>Deleted, and to be had back for some days.</summary>
    public ConcurrentBag<string> Deleted { get; } = [];

    public AwsAnswer Answer(AwsCall call)
    {
        var asked = call.Json;
        var name = (string?)asked["SecretId"] ?? (string?)asked["Name"] ?? "";
        switch (call.Action)
        {
            case "CreateSecret":
                return All.TryAdd(name, (string)asked["SecretString"]!) ? Named(name) : AwsAnswer.Fault(call, 400, "ResourceExistsException", $"The operation failed because the secret {name} already exists.");
            case "ListSecrets":
                return AwsAnswer.Of(new JsonObject { ["SecretList"] = new JsonArray([.. All.Keys.Order().Select(key => new JsonObject { ["Name"] = key, ["ARN"] = Arn(key) })]) });
            case var _ when !All.ContainsKey(name):
                return AwsAnswer.Fault(call, 400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
            case "PutSecretValue":
                All[name] = (string)asked["SecretString"]!;
                return Named(name);
            case "GetSecretValue":
                return AwsAnswer.Of(new JsonObject { ["Name"] = name, ["ARN"] = Arn(name), ["SecretString"] = All[name] });
            case "DescribeSecret":
                return Named(name);
            case "DeleteSecret":
                All.TryRemove(name, out _);
                Deleted.Add(name);
                return Named(name);
            default:
                return AwsAnswer.Fault(call, 400, "InvalidAction", $"No {call.Action} here.");
        }
    }

    private static AwsAnswer Named(string name) => AwsAnswer.Of(new JsonObject { ["Name"] = name, ["ARN"] = Arn(name) });

    private static string Arn(string name) => $"arn:aws:secretsmanager:{LoopbackAws.Region}:{LoopbackAws.Account}:secret:{name}-AbCdEf";
}
