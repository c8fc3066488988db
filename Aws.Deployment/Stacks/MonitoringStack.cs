using Amazon.CDK.AWS.CloudWatch;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>What is looked at, and who is told: alarms by severity, one dashboard, and a canary that asks as a caller would.</summary>
internal sealed class MonitoringStack : ConcernStack
{
    public MonitoringStack(Construct scope, DeploymentOptions options, StateStack state, GatewayStack gateway, InferenceStack? inference)
        : base(scope, options, "monitoring", "alarms, dashboard and canary")
    {
        var topics = new Topics(this, options);
        var alarms = new Alarms(this, options, topics);
        var metrics = new Metrics(options, state, gateway, inference);
        alarms.AddGateway(metrics);
        alarms.AddState(metrics);
        if (inference is not null)
        {
            alarms.AddInference(metrics);
        }

        if (options.Monitoring.CanaryMinutes > 0)
        {
            _ = new Canary(this, options, gateway.BaseUrl);
            alarms.AddCanary(metrics);
        }

        _ = new CfnDashboard(this, "Dashboard", new CfnDashboardProps { DashboardName = options.Prefix, DashboardBody = DashboardBody.Of(options, metrics, Region) });

        Output("DashboardUrl", "The dashboard.", $"https://{Region}.console.aws.amazon.com/cloudwatch/home?region={Region}#dashboards/dashboard/{options.Prefix}");
        Output("CriticalTopic", "Who subscribes to it is told what cannot wait.", topics.Critical);
        Output("WarningTopic", "Who subscribes to it is told what can wait until morning.", topics.Warning);
    }
}
