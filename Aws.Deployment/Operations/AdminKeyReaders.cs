using System.Text.Json.Nodes;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations;

/// <summary>The services beside the gateway that have the admin key: ECS gives it to a container when that starts, and never again.</summary>
internal sealed class AdminKeyReaders(DeploymentOptions options, AwsApi api, TextWriter output)
{
    private const string Target = "AmazonEC2ContainerServiceV20141113";

    private static readonly string[] Services = ["products", "cost"];

    /// <summary>Starts new tasks in the place of those that have the old one. Where that cannot be, it is told how.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        foreach (var service in Services.Select(name => $"{options.Prefix}-{name}"))
        {
            try
            {
                await api.JsonAsync("ecs", Target, "UpdateService", new JsonObject { ["cluster"] = options.Prefix, ["service"] = service, ["forceNewDeployment"] = true }, cancellationToken);
                await output.WriteLineAsync($"{service} starts anew, with the new key.");
            }
            catch (AwsFault none) when (none.Code is "ClusterNotFoundException" or "ServiceNotFoundException" or "ServiceNotActiveException")
            {
                // Nobody has the old one.
            }
            catch (AwsFault fault)
            {
                await output.WriteLineAsync(
                    $"{service} keeps the old key: {fault.Message}\n  → Start it anew (aws ecs update-service --cluster {options.Prefix} --service {service} --force-new-deployment --region {options.Region}).");
            }
        }
    }
}
