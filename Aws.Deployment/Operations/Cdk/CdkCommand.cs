using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Cdk;

/// <summary>CDK's own command, of one version, from npm, in a folder of its own.</summary>
internal sealed class CdkCommand
{
    public const string Version = "2.1148.1";

    private readonly string _script;
    private readonly AwsSession _session;

    private CdkCommand(string script, AwsSession session) => (_script, _session) = (script, session);

    private static string Folder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ai-gateway", "tools", $"aws-cdk-{Version}");

    // The credentials that were looked at are those that are used; a profile beside them would only be warned of.
    private Dictionary<string, string?> Variables => new()
    {
        ["AWS_ACCESS_KEY_ID"] = _session.Credentials.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = _session.Credentials.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = _session.Credentials.SessionToken,
        ["AWS_PROFILE"] = null,
        ["AWS_REGION"] = _session.Region,
        ["AWS_ENDPOINT_URL"] = _session.Endpoint?.AbsoluteUri.TrimEnd('/'),
        ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
    };

    /// <summary>Fetches it where it is not.</summary>
    /// <exception cref="OperationFault">npm could not.</exception>
    public static async Task<CdkCommand> InstallAsync(AwsSession session, TextWriter output, CancellationToken cancellationToken)
    {
        var script = Path.Combine("node_modules", "aws-cdk", "bin", "cdk");
        if (!File.Exists(Path.Combine(Folder, script)))
        {
            await output.WriteLineAsync($"Fetching aws-cdk {Version} from npm, once, into {Folder}.");

            // Beside it and then moved, so that what is there is whole.
            var aside = Directory.CreateDirectory($"{Folder}.{Guid.NewGuid():N}").FullName;
            var result = await Tool.RunAsync("npm", ["install", "--prefix", aside, "--no-audit", "--no-fund", "--loglevel=error", $"aws-cdk@{Version}"], cancellationToken);
            if (result is not { ExitCode: 0 })
            {
                Directory.Delete(aside, recursive: true);
                throw new OperationFault($"npm could not fetch aws-cdk {Version}: {result?.End ?? "there is no npm"}", "Let the machine reach its npm registry (npm config get registry), and run it again.");
            }

            Publish(aside);
        }

        return new CdkCommand(Path.Combine(Folder, script), session);
    }

    /// <summary>Makes CDK's own stack, once an account and region.</summary>
    /// <exception cref="OperationFault">It could not.</exception>
    public async Task BootstrapAsync(string account, string region, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["bootstrap", $"aws://{account}/{region}"], cancellationToken);
        if (result is not { ExitCode: 0 })
        {
            throw new OperationFault($"CDK could not bootstrap {account} in {region}:\n{result?.End}", "Mend what it names, and run it again.");
        }
    }

    /// <summary>Makes or changes stacks, by change sets; those that are as they should be are left alone.</summary>
    /// <param name="parameters">Such as <c>stack:Name=value</c>.</param>
    public Task<ToolResult?> DeployAsync(CloudAssembly assembly, IReadOnlyList<StackArtifact> stacks, IReadOnlyList<string> parameters, CancellationToken cancellationToken) => RunAsync(
        [
            "deploy", .. stacks.Select(stack => stack.Id), "--exclusively", "--app", assembly.Folder, "--require-approval", "never", "--method", "change-set",
            "--progress", "events", .. parameters.SelectMany(parameter => new[] { "--parameters", parameter }),
        ],
        cancellationToken);

    private Task<ToolResult?> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Tool.RunAsync("node", [_script, .. arguments, "--no-color", "--no-notices", "--ci"], cancellationToken, Variables);

    private static void Publish(string aside)
    {
        try
        {
            Directory.Move(aside, Folder);
        }
        catch (IOException) when (Directory.Exists(Folder))
        {
            // Another run was faster.
            Directory.Delete(aside, recursive: true);
        }
    }
}
