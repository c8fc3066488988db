using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Operations.Models;
using Aws.Deployment.Operations.Prerequisites;
using Aws.Deployment.Operations.Storage;
using Aws.Deployment.Stacks;
using Microsoft.Extensions.Configuration;

namespace Aws.Deployment.Operations;

/// <summary>
/// Brings an environment to AWS: (1) what it needs is there, (2) network and state, (3) images and secrets, (4) services, (5) the page,
/// (6) it is looked at. Each step leaves alone what is as it should be, so that a run that was broken off is gone on with by running it again.
/// </summary>
internal sealed class Deployer(DeploymentOptions options, DeploySource source, IConfiguration configuration, HttpClient http, TextWriter output, TimeSpan interval, TimeProvider time)
{
    private const string ProviderSecret = "API keys of model providers, read by the gateway at run time.";

    /// <param name="isAgreed">Whether CDK's bootstrap stack may be made.</param>
    /// <param name="openAIKey">What OpenAI gave out; null where nobody did.</param>
    /// <exception cref="OperationFault">It cannot be done, or was rolled back.</exception>
    public async Task<DeployResult> RunAsync(bool isAgreed, string? openAIKey, CancellationToken cancellationToken)
    {
        // (1)
        var ready = await new PrerequisiteCheck(options, configuration, http, time).RunAsync(isAgreed, cancellationToken);
        if (ready.Shortcomings.Count > 0)
        {
            throw new OperationFault($"Nothing was touched, since this is in the way:\n{string.Join('\n', ready.Shortcomings)}", null);
        }

        var (api, caller) = (ready.Api!, ready.Caller!);
        await output.WriteLineAsync($"Deploying {options.Prefix} to {options.Region} of account {caller.Account} as {caller.Arn}.");
        var content = await source.MakeAsync(cancellationToken);
        var assembly = content.Assembly;
        var plan = DeployPlan.Of(options, assembly);
        var tool = await source.ToolAsync(api.Session, cancellationToken);
        await BootstrapAsync(api, assembly, tool, caller, isAgreed, cancellationToken);

        // (2)
        var stacks = new StackDeployer(api, tool.DeployAsync, output, interval, time);
        var zone = assembly.Stacks.Where(stack => stack.HasParameter(Name.ZoneParameter)).Select(stack => $"{stack.Name}:{Name.ZoneParameter}={ready.HostedZone}").ToList();
        var changed = new List<string>(await stacks.RunAsync(assembly, plan.Base, zone, cancellationToken));

        // (3)
        await CheckWeightsAsync(api, caller, cancellationToken);
        var registry = new ImageRegistry(api, caller.Account);
        var images = await new ServiceImages(options, registry, content, output).PushAsync(plan.Services, cancellationToken);
        var model = await new ModelImage(options, registry, output).ParametersAsync(plan.Services, cancellationToken);
        var secrets = new SecretsManager(api);
        await output.WriteLineAsync(await new JsonSecret(secrets, Secrets.Providers(options), ProviderSecret).EnsureAsync(Secrets.OpenAIKey, openAIKey, cancellationToken));

        // (4)
        changed.AddRange(await stacks.RunAsync(assembly, plan.Services, [.. zone, .. images, .. model], cancellationToken));
        var outputs = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        await ReadOutputsAsync(api, [.. plan.Base, .. plan.Services], outputs, cancellationToken);
        var adminKey = await new JsonSecret(secrets, Secrets.Admin(options), "").GetAsync(Secrets.AdminKey, cancellationToken);
        var url = outputs.GetValueOrDefault($"{options.Prefix}-gateway")?.GetValueOrDefault("Url");

        // (5)
        if (plan.Page is [var page, ..] && url is not null && adminKey is not null)
        {
            using var gateway = new HttpClient { BaseAddress = new Uri($"{url.TrimEnd('/')}/") };
            var site = new DemoSite(options, api, output);
            await site.EnsureKeyAsync(new GatewayAdmin(gateway, adminKey, time), page, cancellationToken);
            changed.AddRange(await stacks.RunAsync(assembly, plan.Page, zone, cancellationToken));
            await ReadOutputsAsync(api, plan.Page, outputs, cancellationToken);
            if (outputs[page.Name].GetValueOrDefault("BucketName") is { } bucket)
            {
                await site.UploadAsync(page, bucket, content.PageFolder, cancellationToken);
            }
        }

        return new DeployResult(assembly, changed, outputs, url, adminKey);
    }

    // An instance that finds none is not healthy, and the stack would be rolled back after half an hour.
    private async Task CheckWeightsAsync(AwsApi api, Caller caller, CancellationToken cancellationToken)
    {
        if (!options.Inference.IsWanted)
        {
            return;
        }

        var bucket = ModelBucketName.Of(options, caller.Account);
        using var s3 = BucketClient.Create(api.Session);
        if (!await new ModelStore(s3, bucket, options.Inference.Model, output, ModelStore.DefaultPartBytes).HasModelAsync(cancellationToken))
        {
            throw new OperationFault($"There are no weights of {options.Inference.Model} in {bucket}; network and state are there.", $"Put them there (prepare-model --environment {options.Environment}), and run it again.");
        }
    }

    private async Task BootstrapAsync(AwsApi api, CloudAssembly assembly, StackTool tool, Caller caller, bool isAgreed, CancellationToken cancellationToken)
    {
        foreach (var region in assembly.Stacks.Select(stack => stack.Region).Distinct())
        {
            if (await Bootstrap.IsThereAsync(api.In(region), cancellationToken))
            {
                continue;
            }

            if (!isAgreed)
            {
                throw new OperationFault($"The account is not bootstrapped for CDK in {region}, where the demo page's certificate has to be.", "Run it again with --yes, which does that first.");
            }

            await output.WriteLineAsync($"Bootstrapping account {caller.Account} for CDK in {region}, once.");
            await tool.BootstrapAsync(caller.Account, region, cancellationToken);
        }
    }

    private static async Task ReadOutputsAsync(AwsApi api, IEnumerable<StackArtifact> stacks, Dictionary<string, IReadOnlyDictionary<string, string>> outputs, CancellationToken cancellationToken)
    {
        foreach (var stack in stacks)
        {
            if (await new CloudFormation(api.In(stack.Region)).FindAsync(stack.Name, cancellationToken) is { } found)
            {
                outputs[stack.Name] = found.Outputs;
            }
        }
    }
}
