using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Who was connected with whom.</summary>
internal sealed class FlowLog : Construct
{
    public FlowLog(Construct scope, string vpc, DeploymentOptions options)
        : base(scope, "FlowLog")
    {
        var log = Logs.Group(this, "Group", options, "network");
        var role = new CfnRole(this, "Role", new CfnRoleProps
        {
            AssumeRolePolicyDocument = Policy.Trust("vpc-flow-logs.amazonaws.com"),
            Policies = new[] { Roles.Inline("write", Logs.Write(log)) },
        });
        _ = new CfnFlowLog(this, "Log", new CfnFlowLogProps
        {
            ResourceId = vpc,
            ResourceType = "VPC",
            TrafficType = "ALL",
            LogDestinationType = "cloud-watch-logs",
            LogGroupName = log.Ref,
            DeliverLogsPermissionArn = role.AttrArn,
        });
    }
}
