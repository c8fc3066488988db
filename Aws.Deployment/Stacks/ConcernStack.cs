using Amazon.CDK;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>A stack of one environment for one concern, named <c>ai-gateway-dev-network</c>.</summary>
internal abstract class ConcernStack : Stack
{
    protected ConcernStack(Construct scope, DeploymentOptions options, string concern, string description, string? region = null)
        : base(scope, concern, new StackProps
        {
            StackName = $"{options.Prefix}-{concern}",
            Description = $"AI Model Gateway, {options.Environment}: {description}",
            Env = new Amazon.CDK.Environment { Region = region ?? options.Region },
            TerminationProtection = options.ProtectData,
        })
    {
        Options = options;
        Amazon.CDK.Tags.Of(this).Add("application", options.Name);
        Amazon.CDK.Tags.Of(this).Add("environment", options.Environment);
        Amazon.CDK.Tags.Of(this).Add("concern", concern);
    }

    protected DeploymentOptions Options { get; }

    /// <summary>What people and commands look for when the stack is there; no other stack refers to it.</summary>
    protected void Output(string name, string description, string value) =>
        _ = new CfnOutput(this, name, new CfnOutputProps { Description = description, Value = value });

    protected static CfnTag NameTag(string name) => new() { Key = "Name", Value = name };
}
