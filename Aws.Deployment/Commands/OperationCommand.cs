using System.Collections;
using Amazon.Runtime;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Prerequisites;
using Aws.Deployment.Packages;
using Microsoft.Extensions.Configuration;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary>What the commands that call AWS have in common.</summary>
internal static class OperationCommand
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How often CloudFormation is asked what is new.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>The environment.</summary>
    public static IConfiguration Variables { get; } = new ConfigurationBuilder()
        .AddInMemoryCollection(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value))).Build();

    /// <returns>The command's exit code, else the one for what went wrong, which is told with its remedy.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (DeploymentOptionsException faults)
        {
            await Console.Error.WriteLineAsync(faults.Message);
            return CommandLine.NotUnderstood;
        }
        catch (Exception failure) when (failure is OperationFault or PackageException or IOException or HttpRequestException or UnauthorizedAccessException or AmazonServiceException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return CommandLine.Failed;
        }
        catch (AwsFault fault)
        {
            await Console.Error.WriteLineAsync($"{fault.Message}\n  → {fault.Remedy}");
            return CommandLine.Failed;
        }
    }

    /// <exception cref="OperationFault">The credentials are not there, not good, or of another account.</exception>
    public static async Task<(AwsApi Api, Caller Caller)> OpenAsync(DeploymentOptions options, HttpClient http, CancellationToken cancellationToken)
    {
        var (api, caller, shortcoming) = await AccountCheck.FindAsync(options, Variables, http, TimeProvider.System, cancellationToken);
        return shortcoming is null ? (api!, caller!) : throw new OperationFault(shortcoming.What, shortcoming.Remedy);
    }
}
