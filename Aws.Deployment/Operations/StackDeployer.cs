using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Operations.Progress;

namespace Aws.Deployment.Operations;

/// <summary>Brings stacks to what an assembly says, and tells what happens meanwhile.</summary>
/// <param name="interval">How often CloudFormation is asked what is new.</param>
internal sealed class StackDeployer(AwsApi api, StackRun deploy, TextWriter output, TimeSpan interval, TimeProvider time)
{
    /// <returns>The stacks that were changed.</returns>
    /// <exception cref="OperationFault">A stack could not be brought there; CloudFormation has rolled it back.</exception>
    public async Task<IReadOnlyCollection<string>> RunAsync(CloudAssembly assembly, IReadOnlyList<StackArtifact> stacks, IReadOnlyList<string> parameters, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync($"Looking for changes of {string.Join(", ", stacks.Select(stack => stack.Name))} …");
        var progress = new StackProgress([.. stacks.Select(stack => new StackWatch(new CloudFormation(api.In(stack.Region)), stack.Name))], output, interval, time);
        await progress.BeginAsync(cancellationToken);
        var run = deploy(assembly, stacks, parameters, cancellationToken);
        await progress.FollowAsync(run, cancellationToken);
        var result = await run;
        return result is { ExitCode: 0 } ? progress.Touched : throw await FaultAsync(progress, stacks, result, cancellationToken);
    }

    // The failing resource first: CDK's own words begin with what follows from it.
    private async Task<OperationFault> FaultAsync(StackProgress progress, IReadOnlyList<StackArtifact> stacks, ToolResult? result, CancellationToken cancellationToken)
    {
        if (progress.Causes is not [var cause, ..])
        {
            return new OperationFault($"CDK failed before a stack was touched:\n{result?.End}", "Mend what it names, and run it again.");
        }

        var stack = stacks.First(stack => stack.Name == cause.StackName);
        var now = await new CloudFormation(api.In(stack.Region)).FindAsync(stack.Name, cancellationToken);
        return new OperationFault(
            $"{cause.Type} {cause.LogicalId} of {cause.StackName} failed: {cause.Reason}\n  {cause.StackName} is {now?.Status ?? "gone"}; the stacks before it are as they should be.",
            "Mend the reason and run the same command again: it goes on with this stack.");
    }
}
