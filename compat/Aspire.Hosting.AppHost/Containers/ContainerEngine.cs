using System.Diagnostics;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Containers;

/// <summary>The Docker command line, asked once whether an engine answers it.</summary>
internal sealed class ContainerEngine(IConfiguration configuration, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // "PATH" of the configuration is the variable of that name, unless a test says otherwise.
    private readonly Lazy<Task<string?>> _docker = new(() => FindAsync(configuration["PATH"], time));

    /// <summary>The path of <c>docker</c>; null where it is missing or <c>docker info</c> does not answer within two seconds.</summary>
    public Task<string?> FindAsync() => _docker.Value;

    private static async Task<string?> FindAsync(string? searchPath, TimeProvider time)
    {
        if (CommandPath.Find("docker", searchPath) is not { } docker)
        {
            return null;
        }

        var start = new ProcessStartInfo(docker, ["info"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var info = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await Task.WhenAll(info.StandardOutput.ReadToEndAsync(patience.Token), info.StandardError.ReadToEndAsync(patience.Token));
            await info.WaitForExitAsync(patience.Token);
            return info.ExitCode == 0 ? docker : null;
        }
        catch (OperationCanceledException)
        {
            info.Kill(entireProcessTree: true);
            return null;
        }
    }
}
