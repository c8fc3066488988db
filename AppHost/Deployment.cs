using System.Diagnostics;
using System.Reflection;

namespace AppHost;

/// <summary>The verbs that concern AWS. They are another program's, so that a start on this machine downloads nothing that only AWS needs.</summary>
internal static class Deployment
{
    private static readonly string[] Verbs = ["publish", "deploy", "verify", "load", "estimate", "diff", "prepare-model", "rotate-secret", "destroy"];

    public static bool IsMeant(string[] args) => args is [var verb, ..] && Verbs.Contains(verb);

    /// <summary>Builds the program where it is not, and lets it run in this one's place.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var project = typeof(Deployment).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == "deployment").Value!;
        if (!Directory.Exists(Path.Combine(project, "obj")))
        {
            await Console.Error.WriteLineAsync("The deployment tool is built first; this downloads CDK, and takes a minute or two the first time.");
        }

        // Ctrl+C reaches the whole group of processes: what the other one does with it is its matter, and this one waits for it.
        Console.CancelKeyPress += (_, key) => key.Cancel = true;
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", "--project", project, "--", .. args]) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
