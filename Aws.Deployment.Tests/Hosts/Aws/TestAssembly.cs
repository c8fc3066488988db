using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>A cloud assembly of small stacks, in the form in which synthesis leaves it.</summary>
internal static class TestAssembly
{
    public const string Network = "ai-gateway-dev-network";
    public const string Gateway = "ai-gateway-dev-gateway";

    private const string Topic = "AWS::SNS::Topic";
    private const string Version = "38.0.1";
    private const string BootstrapParameter = "/cdk-bootstrap/hnb659fds/version";
    private const string Bucket = $"cdk-hnb659fds-assets-${{AWS::AccountId}}-{LoopbackAws.Region}";

    /// <summary>A stack that stays as it is and, after it, one of topics.</summary>
    /// <param name="topics">Each with its display name.</param>
    public static CloudAssembly Write(string folder, params (string Id, string DisplayName)[] topics) => Write(folder, ("network", Template(("Base", "base"))), ("gateway", Template(topics)));

    /// <summary>Each depends on the one before.</summary>
    public static CloudAssembly Write(string folder, params (string Concern, JsonObject Template)[] stacks)
    {
        Directory.CreateDirectory(folder);
        var artifacts = new JsonObject();
        string[] before = [];
        foreach (var (concern, template) in stacks)
        {
            Add(artifacts, folder, concern, $"ai-gateway-dev-{concern}", template, before);
            before = [concern];
        }

        File.WriteAllText(Path.Combine(folder, "manifest.json"), new JsonObject { ["version"] = Version, ["artifacts"] = artifacts }.ToJsonString());
        return CloudAssembly.Read(folder);
    }

    public static JsonObject Template(params (string Id, string DisplayName)[] topics) => new()
    {
        ["Resources"] = new JsonObject(topics.Select(topic => KeyValuePair.Create(topic.Id, (JsonNode?)new JsonObject
        {
            ["Type"] = Topic,
            ["Properties"] = new JsonObject { ["DisplayName"] = topic.DisplayName },
        }))),
    };

    private static void Add(JsonObject artifacts, string folder, string id, string name, JsonObject template, params string[] dependsOn)
    {
        var bytes = Encoding.UTF8.GetBytes(template.ToJsonString());
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        File.WriteAllBytes(Path.Combine(folder, $"{id}.template.json"), bytes);
        File.WriteAllText(Path.Combine(folder, $"{id}.assets.json"), Assets(id, hash).ToJsonString());
        artifacts[$"{id}.assets"] = new JsonObject
        {
            ["type"] = "cdk:asset-manifest",
            ["properties"] = new JsonObject { ["file"] = $"{id}.assets.json", ["requiresBootstrapStackVersion"] = 6, ["bootstrapStackVersionSsmParameter"] = BootstrapParameter },
        };
        artifacts[id] = new JsonObject
        {
            ["type"] = "aws:cloudformation:stack",
            ["environment"] = $"aws://unknown-account/{LoopbackAws.Region}",
            ["properties"] = new JsonObject
            {
                ["templateFile"] = $"{id}.template.json",
                ["stackName"] = name,
                ["validateOnSynth"] = false,
                ["assumeRoleArn"] = Role("deploy"),
                ["cloudFormationExecutionRoleArn"] = Role("cfn-exec"),
                ["stackTemplateAssetObjectUrl"] = $"s3://{Bucket}/{hash}.json",
                ["requiresBootstrapStackVersion"] = 6,
                ["bootstrapStackVersionSsmParameter"] = BootstrapParameter,
                ["additionalDependencies"] = new JsonArray($"{id}.assets"),
            },
            ["dependencies"] = new JsonArray([.. dependsOn.Prepend($"{id}.assets").Select(other => (JsonNode)other)]),
            ["displayName"] = id,
        };
    }

    private static JsonObject Assets(string id, string hash) => new()
    {
        ["version"] = Version,
        ["files"] = new JsonObject
        {
            [hash] = new JsonObject
            {
                ["source"] = new JsonObject { ["path"] = $"{id}.template.json", ["packaging"] = "file" },
                ["destinations"] = new JsonObject
                {
                    ["current"] = new JsonObject { ["bucketName"] = Bucket, ["objectKey"] = $"{hash}.json", ["region"] = LoopbackAws.Region, ["assumeRoleArn"] = Role("file-publishing") },
                },
            },
        },
        ["dockerImages"] = new JsonObject(),
    };

    private static string Role(string name) => $"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/cdk-hnb659fds-{name}-role-${{AWS::AccountId}}-{LoopbackAws.Region}";
}
