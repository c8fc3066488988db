using System.Diagnostics;
using Gateway.Tests.Hosts;
using Shouldly;

namespace Gateway.Tests.Mcp;

/// <summary>Runs a program of <c>npm/</c> on the Node.js that is there: the judges need a newer one than the machine may have.</summary>
internal static class McpNode
{
    private static readonly string Folder = Repository.PathOf("Gateway.Tests", "Mcp", "npm");

    /// <param name="arguments">The script below <c>npm/</c> and what it is given.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var program = Path.Combine(Folder, "node_modules", ".bin", "node");
        File.Exists(program).ShouldBeTrue($"{Folder} lacks its packages. ./test installs them.");
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The inspector keeps a folder in whatever it takes for a home.
            Environment = { ["HOME"] = Path.Combine(Folder, "node_modules", ".home") },
        };
        using var node = Process.Start(start)!;
        try
        {
            var errors = node.StandardError.ReadToEndAsync(cancellationToken);
            var output = await node.StandardOutput.ReadToEndAsync(cancellationToken);
            await node.WaitForExitAsync(cancellationToken);
            return (node.ExitCode, output, await errors);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
