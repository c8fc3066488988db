using Aws.Deployment.Configuration;
using Aws.Deployment.Packages;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary>What the commands about an environment on AWS say of what goes wrong.</summary>
internal static class EnvironmentCommand
{
    /// <returns>The command's exit code, else the one for what went wrong.</returns>
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
        catch (Exception failure) when (failure is PackageException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return CommandLine.Failed;
        }
    }
}
