using Amazon.CDK.AWS.ApplicationAutoScaling;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>The cost worker: one task, which always runs or runs for a while in each hour.</summary>
internal sealed class CostStack : ConcernStack
{
    public const int Port = 8083;

    public CostStack(Construct scope, DeploymentOptions options, NetworkStack network, StateStack state)
        : base(scope, options, "cost", "the cost worker")
    {
        Service = new ContainerService(this, options, network, new ContainerShape
        {
            Name = "cost",
            Port = Port,
            // Two at once would wait for each other: what one has taken the other does not see.
            MinimumHealthyPercent = 0,
            MaximumPercent = 100,
            SecurityGroup = network.Groups.Cost,
            RepositoryArn = state.Images.Cost.AttrArn,
            Log = Logs.Group(this, "Log", options, "cost").Ref,
            Environment = new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = $"http://0.0.0.0:{Port}",
                ["ConnectionStrings__redis"] = state.Redis,
                ["Data__Directory"] = "/tmp/cost",
                ["Ledger__Store"] = "DynamoDB",
                ["Ledger__Table"] = state.Ledger.Ref,
                ["OTEL_SERVICE_NAME"] = Metrics.ServiceName(options, "cost"),
                ["Telemetry__Exporter"] = "Emf",
            },
            Secrets = new Dictionary<string, string> { [Secrets.AdminKeyVariable] = Secrets.AdminKeyIn(state.AdminSecret) },
            SecretArns = [state.AdminSecret],
            Policies = [Roles.Inline("ledger", Policy.Allow(TableActions.OfLedger, state.Ledger.AttrArn))],
        });
        if (options.Cost.Mode == CostModes.Schedule)
        {
            RunEachHour(network);
        }
    }

    public ContainerService Service { get; }

    public static string Url(DeploymentOptions options) => $"http://cost.{NetworkStack.DnsOf(options)}:{Port}";

    private void RunEachHour(NetworkStack network)
    {
        _ = new CfnScalableTarget(this, "Schedule", new CfnScalableTargetProps
        {
            ServiceNamespace = "ecs",
            ScalableDimension = "ecs:service:DesiredCount",
            ResourceId = $"service/{network.Cluster}/{Service.Service.AttrName}",
            MinCapacity = 0,
            MaxCapacity = 1,
            ScheduledActions = new[] { Action("begin", 0, 1), Action("end", Options.Cost.MinutesPerHour, 0) },
        });

        static CfnScalableTarget.ScheduledActionProperty Action(string name, int minute, int count) => new()
        {
            ScheduledActionName = name,
            Schedule = $"cron({minute} * * * ? *)",
            ScalableTargetAction = new CfnScalableTarget.ScalableTargetActionProperty { MinCapacity = count, MaxCapacity = count },
        };
    }
}
