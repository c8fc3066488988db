using System.Globalization;
using Aws.Deployment.Estimate.Templates;
using static Aws.Deployment.Estimate.Charges.ChargeContext;

namespace Aws.Deployment.Estimate.Charges;

/// <summary>What runs: functions, tasks, and instances with GPUs.</summary>
internal static class ComputeCharges
{
    private const decimal DefaultFunctionMegabytes = 128;
    private const decimal ProcessorUnits = 1024;
    private const decimal FreeIops = 3000;
    private const decimal FreeThroughput = 125;

    // The use of the GPU and of its memory.
    private const decimal InstanceMetrics = 2;

    public static IEnumerable<Charge> Function(TemplateResource function, ChargeContext context)
    {
        var (calls, seconds) = CallsBySchedule(function, context) is { } scheduled ? ((Scenarios)scheduled, 1) : (context.Usage.Requests, context.Usage.RequestSeconds);
        yield return new("lambda.arm64-compute", "time of functions", calls * seconds * (function.Number("MemorySize") ?? DefaultFunctionMegabytes) / 1024);
        yield return new("lambda.requests", "calls", calls / Million);
    }

    public static IEnumerable<Charge> Service(TemplateResource service, ChargeContext context)
    {
        var task = context.Templates.Find(service.Stack, service.Reference("TaskDefinition"));
        var hours = Hours * Tasks(service, context);
        yield return new("fargate.arm64-processor", "processors of tasks", hours * (task?.Number("Cpu") ?? 256) / ProcessorUnits);
        yield return new("fargate.arm64-memory", "memory of tasks", hours * (task?.Number("Memory") ?? 512) / ProcessorUnits);
        if (service.Text("NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp") == "ENABLED")
        {
            yield return new("ipv4.hour", "public addresses of tasks", hours);
        }
    }

    public static IEnumerable<Charge> Instances(TemplateResource group, ChargeContext context)
    {
        var policy = group.Find("MixedInstancesPolicy") is null ? (string[])["LaunchTemplate"] : ["MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification"];
        var template = context.Templates.Find(group.Stack, group.Reference([.. policy, "LaunchTemplateId"]));
        var type = template?.Text("LaunchTemplateData", "InstanceType") ?? "unknown";
        var instances = context.Usage.ModelInstances.AtLeast(group.Number("MinSize") ?? 1).AtMost(group.Number("MaxSize") ?? decimal.MaxValue);
        var isSpot = group.Number("MixedInstancesPolicy", "InstancesDistribution", "OnDemandPercentageAboveBaseCapacity") == 0;
        yield return new($"ec2.{type}", isSpot ? $"{type}, at most: spot instances cost less" : type, instances * Hours);
        yield return new("cloudwatch.metric", "metrics of instances", instances * InstanceMetrics);
        foreach (var volume in (template?.List("LaunchTemplateData", "BlockDeviceMappings") ?? []).Select(mapping => mapping?["Ebs"]))
        {
            yield return new("ebs.gp3", "volumes", instances * Number(volume?["VolumeSize"]));
            yield return new("ebs.gp3-iops", "operations beyond 3,000 a second", instances * Math.Max(0, Number(volume?["Iops"]) - FreeIops));
            yield return new("ebs.gp3-throughput", "throughput beyond 125 MB/s", instances * Math.Max(0, Number(volume?["Throughput"]) - FreeThroughput));
        }
    }

    // "rate(5 minutes)"; what no rule calls is called by requests.
    private static decimal? CallsBySchedule(TemplateResource function, ChargeContext context) => context.Templates.OfType("AWS::Events::Rule")
        .Where(rule => rule.Stack == function.Stack && rule.List("Targets").Any(target => target?["Arn"]?["Fn::GetAtt"]?[0]?.ToString() == function.Id))
        .Select(rule => rule.Text("ScheduleExpression")?.Split('(', ' ') is ["rate", var every, ..] ? Hours * 60 / decimal.Parse(every, CultureInfo.InvariantCulture) : (decimal?)null)
        .FirstOrDefault();

    // A service without scaling runs what it says; one with a schedule runs between its actions; one that scales runs what the assumptions say.
    private static Scenarios Tasks(TemplateResource service, ChargeContext context)
    {
        var scaling = context.Templates.OfType("AWS::ApplicationAutoScaling::ScalableTarget").FirstOrDefault(target => target.Stack == service.Stack);
        if (scaling is null)
        {
            return service.Number("DesiredCount") ?? 1;
        }

        return ShareOfHour(scaling) is { } share
            ? share
            : context.Usage.GatewayTasks.AtLeast(scaling.Number("MinCapacity") ?? 0).AtMost(scaling.Number("MaxCapacity") ?? decimal.MaxValue);
    }

    // [{"Schedule": "cron(0 * * * ? *)", "ScalableTargetAction": {"MaxCapacity": 1}}, {"Schedule": "cron(10 * * * ? *)", "ScalableTargetAction": {"MaxCapacity": 0}}]
    private static decimal? ShareOfHour(TemplateResource scaling)
    {
        var actions = scaling.List("ScheduledActions")
            .Select(action => (Minute: action?["Schedule"]?.ToString().Split('(', ' ') is [_, var minute, ..] ? decimal.Parse(minute, CultureInfo.InvariantCulture) : 0, Capacity: Number(action?["ScalableTargetAction"]?["MaxCapacity"])))
            .ToList();
        return actions.Count == 2 && actions.Find(action => action.Capacity == 0) is var end && actions.Find(action => action.Capacity > 0) is var begin
            ? (end.Minute - begin.Minute) / 60 * begin.Capacity
            : null;
    }

    private static decimal Number(System.Text.Json.Nodes.JsonNode? node) =>
        decimal.TryParse(node?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
