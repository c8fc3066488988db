using Amazon.CDK.AWS.SSM;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>The gateway's settings in Parameter Store, below the path that it reads: what is put there besides takes effect without a deployment.</summary>
internal sealed class Settings : Construct
{
    public Settings(Construct scope, DeploymentOptions options)
        : base(scope, "Settings")
    {
        Add("Limits/RequestTimeoutSeconds", "30");
        Add("Limits/RequestsPerMinutePerIp", options.Gateway.RequestsPerMinutePerIp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!options.Inference.IsWanted)
        {
            // Without a model server one of its aliases is the cloud's alone, and the other is nobody's.
            Add("Models", """{"phi-3-mini":{"Targets":[{"Provider":"bedrock","Model":"anthropic.claude-3-haiku-20240307-v1:0"}]},"local-embeddings":null}""");
        }

        void Add(string key, string value) => _ = new CfnParameter(this, key.Replace("/", "-", StringComparison.Ordinal), new CfnParameterProps
        {
            Name = $"{PathOf(options)}/{key}", Type = "String", Value = value, Description = $"Gateway:{key.Replace("/", ":", StringComparison.Ordinal)}",
        });
    }

    public static string PathOf(DeploymentOptions options) => $"/{options.Path}/gateway";
}
