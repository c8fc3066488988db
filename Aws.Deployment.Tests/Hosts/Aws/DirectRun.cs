using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>Stands where CDK's command is, which takes ten seconds a stack: the same change sets, without its pauses. <see cref="Operations.CdkCommandTests"/> run the real one.</summary>
internal sealed class DirectRun(AwsApi api)
{
    private const string Service = "cloudformation";
    private const string Version = "2010-05-15";

    public StackTool Tool => new(DeployAsync, (_, _, _) => Task.CompletedTask);

    /// <summary>The parameters that it was given.</summary>
    public List<string> Parameters { get; } = [];

    public async Task<ToolResult?> DeployAsync(CloudAssembly assembly, IReadOnlyList<StackArtifact> stacks, IReadOnlyList<string> parameters, CancellationToken cancellationToken)
    {
        Parameters.AddRange(parameters);
        foreach (var stack in stacks)
        {
            try
            {
                if (!await DeployAsync(stack, cancellationToken))
                {
                    return new ToolResult(1, [$"{stack.Name} failed."]);
                }
            }
            catch (AwsFault fault)
            {
                return new ToolResult(1, [fault.Message]);
            }
        }

        return new ToolResult(0, []);
    }

    private async Task<bool> DeployAsync(StackArtifact stack, CancellationToken cancellationToken)
    {
        var made = await api.QueryAsync(Service, Version, "CreateChangeSet", [("StackName", stack.Name), ("ChangeSetName", "direct"), ("TemplateBody", stack.Template.ToJsonString())], cancellationToken);
        var id = made.Element("Id")!.Value;
        var set = await api.QueryAsync(Service, Version, "DescribeChangeSet", [("ChangeSetName", id)], cancellationToken);
        if (set.Element("Status")!.Value == "FAILED")
        {
            return true;
        }

        await api.QueryAsync(Service, Version, "ExecuteChangeSet", [("ChangeSetName", id)], cancellationToken);
        while (true)
        {
            var now = await new CloudFormation(api).FindAsync(stack.Name, cancellationToken);
            if (!StackStatus.IsInProgress(now!.Status))
            {
                return now.Status is "CREATE_COMPLETE" or "UPDATE_COMPLETE";
            }
        }
    }
}
