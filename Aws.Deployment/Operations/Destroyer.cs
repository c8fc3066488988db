using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Progress;
using Aws.Deployment.Operations.Storage;
using Aws.Deployment.Stacks;

namespace Aws.Deployment.Operations;

/// <summary>Takes an environment away: the last stack made goes first, buckets are emptied before, and what is left at the end is told with its reason.</summary>
internal sealed class Destroyer(DeploymentOptions options, AwsApi api, TextWriter output, TimeSpan interval, TimeProvider time)
{
    private const string BucketType = "AWS::S3::Bucket";

    private readonly List<string> _gone = [];
    private readonly List<string> _left = [];

    /// <summary>The stacks that there are, the last made first.</summary>
    public async Task<IReadOnlyList<(Stack Stack, CloudFormation Region)>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<(Stack Stack, CloudFormation Region)>();
        foreach (var region in new[] { options.Region, Regions.Edge }.Distinct())
        {
            var cloudFormation = new CloudFormation(api.In(region));
            found.AddRange((await cloudFormation.ListAsync($"{options.Prefix}-", cancellationToken)).Select(stack => (stack, cloudFormation)));
        }

        var busy = found.Find(one => StackStatus.IsInProgress(one.Stack.Status)).Stack;
        return busy is null
            ? [.. found.OrderByDescending(one => one.Stack.CreatedAt)]
            : throw new OperationFault($"{busy.Name} is {busy.Status}, so nothing was touched.", $"Wait until it is done (aws cloudformation describe-stack-events {busy.Arguments}), and run it again.");
    }

    /// <param name="withSecrets">Whether secrets that are in no stack go too.</param>
    /// <exception cref="OperationFault">A stack could not be taken away; those before it are gone.</exception>
    public async Task RunAsync(IReadOnlyList<(Stack Stack, CloudFormation Region)> stacks, bool withSecrets, CancellationToken cancellationToken)
    {
        foreach (var (stack, cloudFormation) in stacks)
        {
            await DeleteAsync(stack, cloudFormation, cancellationToken);
        }

        await DeleteSecretsAsync(withSecrets, cancellationToken);
        _left.Add("CDKToolkit: CDK's own stack, with its bucket of templates and packages, which other projects of the account may use");
    }

    /// <summary>What is gone, and what is left and why.</summary>
    public string Report() => $"""
        Gone: {(_gone.Count == 0 ? "nothing, since nothing was there" : string.Join(", ", _gone))}.
        Left:
        {string.Join('\n', _left.Select(line => $"  - {line}."))}
        """;

    private async Task DeleteAsync(Stack stack, CloudFormation cloudFormation, CancellationToken cancellationToken)
    {
        var resources = await cloudFormation.ResourcesAsync(stack.Name, cancellationToken);
        if (stack.IsProtected)
        {
            await cloudFormation.UnprotectAsync(stack.Name, cancellationToken);
        }

        using var s3 = BucketClient.Create(api.In(cloudFormation.Region).Session);
        foreach (var bucket in resources.Where(resource => resource.Type == BucketType && resource.Status != StackStatus.DeleteComplete && !options.ProtectData))
        {
            var count = await BucketEmptying.RunAsync(s3, bucket.PhysicalId, cancellationToken);
            await output.WriteLineAsync($"  {bucket.PhysicalId} is empty: {count} versions of objects were taken out.");
        }

        // By its id: once it is gone, its name leads nowhere.
        var watch = new StackWatch(cloudFormation, stack.Id);
        var progress = new StackProgress([watch], output, interval, time);
        await progress.BeginAsync(cancellationToken);
        await cloudFormation.DeleteAsync(stack.Name, cancellationToken);
        await progress.FollowAsync(EndAsync(cloudFormation, stack, cancellationToken), cancellationToken);
        var end = await cloudFormation.FindAsync(stack.Id, cancellationToken);
        if (end is not null && end.Status != StackStatus.DeleteComplete)
        {
            throw new OperationFault(
                progress.Causes is [var cause, ..] ? $"{cause.Type} {cause.LogicalId} of {stack.Name} could not be deleted: {cause.Reason}" : $"{stack.Name} is {end.Status}: {end.Reason}",
                $"Mend the reason and run the same command again: it goes on with this stack. {(_gone.Count == 0 ? "None is gone yet" : $"Gone are {string.Join(", ", _gone)}")}.");
        }

        _gone.Add(stack.Name);
        _left.AddRange(progress.Skipped.Select(id => resources.FirstOrDefault(resource => resource.LogicalId == id)).OfType<StackResource>()
            .Select(resource => $"{resource.Type} {resource.PhysicalId}: its data is protected in {options.Environment}; delete it by hand"));
    }

    private async Task EndAsync(CloudFormation cloudFormation, Stack stack, CancellationToken cancellationToken)
    {
        while (await cloudFormation.FindAsync(stack.Id, cancellationToken) is { } now && now.Status is not (StackStatus.DeleteComplete or StackStatus.DeleteFailed))
        {
            await Task.Delay(interval, time, cancellationToken);
        }
    }

    private async Task DeleteSecretsAsync(bool isWanted, CancellationToken cancellationToken)
    {
        foreach (var (name, region) in new[] { (Secrets.Providers(options), options.Region), (Secrets.Demo(options), options.Region), (Secrets.Demo(options), Regions.Edge) }.Distinct())
        {
            var secrets = new SecretsManager(api.In(region));
            if (!await secrets.ExistsAsync(name, cancellationToken))
            {
                continue;
            }

            if (!isWanted)
            {
                _left.Add($"secret {name} in {region}: --delete-secrets takes it too");
                continue;
            }

            await secrets.DeleteAsync(name, cancellationToken);
            _gone.Add($"secret {name}");
            _left.Add($"secret {name} in {region} can be had back for {SecretsManager.RecoveryDays} days (aws secretsmanager restore-secret)");
        }
    }
}
