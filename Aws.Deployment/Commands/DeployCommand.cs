using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Packages;
using Aws.Deployment.Synthesis;
using Aws.Deployment.Verification;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>deploy --environment NAME [--output DIR] [--yes]</c></summary>
internal static class DeployCommand
{
    private const string KeyVariable = "OPENAI_API_KEY";
    private const string GatewayKey = "sk-gw-";
    private const int KeyMinutes = 15;

    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var output = new Option<string?>("--output") { Description = "Where packages and templates are made (default: publish/NAME).", HelpName = "DIR" };
        var yes = new Option<bool>("--yes") { Description = "Asks nothing: bootstraps the account for CDK where that is missing." };
        var command = new Command("deploy", $"Brings an environment to AWS, or to what it should be, and checks it. An OpenAI key in {KeyVariable} is put into Secrets Manager where there is none yet.") { output, yes };
        environment.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OperationCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            using var http = new HttpClient { Timeout = OperationCommand.Patience };
            var source = Source(options, Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("publish", options.Environment)));
            var deployer = new Deployer(options, source, OperationCommand.Variables, http, Console.Out, OperationCommand.Interval, TimeProvider.System);
            var result = await deployer.RunAsync(parsed.GetValue(yes), OpenAIKey(), cancellationToken);
            var isGood = await VerifyAsync(result, cancellationToken);
            await Console.Out.WriteLineAsync($"\n{HandOver.Text(options, result)}");
            return isGood ? CommandLine.Done : CommandLine.Failed;
        }));
        return command;
    }

    private static DeploySource Source(DeploymentOptions options, string folder) => new(
        cancellationToken => MakeAsync(options, Path.Combine(folder, "packages"), Path.Combine(folder, "assembly"), cancellationToken),
        async (session, cancellationToken) =>
        {
            var cdk = await CdkCommand.InstallAsync(session, Console.Out, cancellationToken);
            return new StackTool(cdk.DeployAsync, cdk.BootstrapAsync);
        });

    private static async Task<DeployContent> MakeAsync(DeploymentOptions options, string packages, string assembly, CancellationToken cancellationToken)
    {
        var page = DemoPage.BuildAsync(cancellationToken);
        var services = ServiceBuilds.OfCheckout(Console.Out).LatestAsync(cancellationToken);
        await Task.WhenAll(services, page);
        await Console.Out.WriteLineAsync($"Making templates of {options.Prefix} in {assembly} …");
        var built = await PackageBuilder.BuildAsync(await services, Service.All, packages, cancellationToken);
        Synthesizer.Synthesize(options, packages, assembly);
        return new DeployContent(CloudAssembly.Read(assembly), await services, built, await page);
    }

    // Where the shell is set up to call a gateway, it is that one's key.
    private static string? OpenAIKey() => Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key && !key.StartsWith(GatewayKey, StringComparison.Ordinal) ? key : null;

    private static async Task<bool> VerifyAsync(DeployResult result, CancellationToken cancellationToken)
    {
        if (result is not { Url: { } url, AdminKey: { } adminKey })
        {
            throw new OperationFault("The stacks are there, and tell neither the gateway's address nor its admin key.", "Look at the outputs of the stack gateway and at the admin secret, and run verify.");
        }

        var address = GatewayProbe.BaseOf(new Uri(url));
        using var http = new HttpClient { BaseAddress = address };
        var admin = new GatewayAdmin(http, adminKey, TimeProvider.System);
        var end = TimeProvider.System.GetUtcNow().AddMinutes(KeyMinutes);
        var (id, key) = await admin.CreateAsync(new JsonObject { ["name"] = "verify", ["expires_at"] = end.ToString("O", CultureInfo.InvariantCulture) }, cancellationToken);
        var results = await VerifyCommand.RunAsync(address, key, null, null, Console.Out, cancellationToken);
        await admin.RevokeAsync(id, cancellationToken);
        return VerificationReport.IsGood(results);
    }
}
