using System.Diagnostics;

namespace Aws.Deployment.Packages;

/// <summary>Runs the .NET SDK.</summary>
internal static class DotnetTool
{
    /// <returns>What it said.</returns>
    /// <exception cref="PackageException">It did not end well; the message is what it complained of.</exception>
    /// <param name="variables">What is set beside this process's own environment.</param>
    public static async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Checkout.Root };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new PackageException($"dotnet {arguments[0]} {Path.GetFileName(arguments.ElementAtOrDefault(1))} ended with exit code {process.ExitCode}: {Faults(await output + await error)}");
            }

            return await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string Faults(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var faults = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().Take(5).ToList();
        return string.Join(Environment.NewLine, faults.Count > 0 ? faults : lines.TakeLast(5));
    }
}
