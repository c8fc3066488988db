using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Groups of logs, each kept for 30 days.</summary>
internal static class Logs
{
    public const int RetentionDays = 30;

    public static CfnLogGroup Group(Construct scope, string id, DeploymentOptions options, string name) => Group(scope, id, $"/{options.Path}/{name}");

    public static CfnLogGroup Group(Construct scope, string id, string name)
    {
        var group = new CfnLogGroup(scope, id, new CfnLogGroupProps { LogGroupName = name, RetentionInDays = RetentionDays });
        group.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        return group;
    }

    /// <summary>What whoever writes to it has to be allowed.</summary>
    public static object Write(CfnLogGroup group) => Policy.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], group.AttrArn);
}
