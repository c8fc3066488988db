using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Aws;
using Microsoft.Extensions.Configuration;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>Looks for all that keeps a deployment from going well, before anything is touched.</summary>
internal sealed class PrerequisiteCheck(DeploymentOptions options, IConfiguration configuration, HttpClient http, TimeProvider time)
{
    private readonly List<Shortcoming> _found = [];

    /// <param name="mayBootstrap">Whether CDK's bootstrap stack is made where it is missing.</param>
    public async Task<Readiness> RunAsync(bool mayBootstrap, CancellationToken cancellationToken)
    {
        Add(await NodeCheck.FindAsync(cancellationToken));
        var (api, caller, shortcoming) = await AccountCheck.FindAsync(options, configuration, http, time, cancellationToken);
        Add(shortcoming);
        if (api is null)
        {
            return new Readiness(null, null, null, _found);
        }

        string? zone = null;
        if (options.Domain is { } domain)
        {
            await TryAsync(async () => zone = await ZoneAsync(api, domain, cancellationToken));
        }

        await TryAsync(() => CheckStacksAsync(api, cancellationToken));
        await TryAsync(() => CheckBootstrapAsync(api, mayBootstrap, cancellationToken));
        if (options.Inference.IsWanted)
        {
            await TryAsync(async () => Add(await GpuQuota.FindAsync(api, options.Inference.Gpu, options.Inference.MaxInstances, options.Inference.Spot, cancellationToken)));
        }

        return new Readiness(api, caller, zone, _found);
    }

    private async Task<string?> ZoneAsync(AwsApi api, string domain, CancellationToken cancellationToken)
    {
        var zone = await HostedZones.FindAsync(api, domain, cancellationToken);
        if (zone is null)
        {
            Add(new Shortcoming(
                $"Route 53 has no public hosted zone for {domain} in this account.",
                $"Make one (aws route53 create-hosted-zone --name {domain} --caller-reference now), point the domain's name servers at it, or deploy without --domain."));
        }

        return zone;
    }

    private async Task CheckStacksAsync(AwsApi api, CancellationToken cancellationToken)
    {
        foreach (var region in new[] { options.Region, Regions.Edge }.Distinct())
        {
            foreach (var stack in await new CloudFormation(api.In(region)).ListAsync($"{options.Prefix}-", cancellationToken))
            {
                Add(StackStates.Of(stack, options.Environment));
            }
        }
    }

    private async Task CheckBootstrapAsync(AwsApi api, bool mayBootstrap, CancellationToken cancellationToken)
    {
        if (!mayBootstrap && !await Bootstrap.IsThereAsync(api, cancellationToken))
        {
            Add(new Shortcoming($"The account is not bootstrapped for CDK in {options.Region}.", "Run it again with --yes, which does that first (it makes the stack CDKToolkit: a bucket, a registry and five roles)."));
        }
    }

    private void Add(Shortcoming? found)
    {
        if (found is not null)
        {
            _found.Add(found);
        }
    }

    // What cannot be looked at is a shortcoming as well; the other checks are done all the same.
    private async Task TryAsync(Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (AwsFault fault)
        {
            Add(new Shortcoming(fault.Message, fault.Remedy));
        }
    }
}
