using System.Diagnostics;
using System.Text.Json;
using Gateway.Tests.Hosts;
using Shouldly;

namespace Aws.Deployment.Tests.Rules;

/// <summary>Runs a script of <c>npm/</c> that looks at templates and writes what it found as a list.</summary>
internal static class NodeRules
{
    public static async Task<string[]> RunAsync(string script, IEnumerable<string> templates, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [script, .. templates.Select(Path.GetFullPath)])
        {
            WorkingDirectory = Repository.PathOf("Aws.Deployment.Tests", "npm"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(cancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(cancellationToken);
        await node.WaitForExitAsync(cancellationToken);
        node.ExitCode.ShouldBe(0, $"{await errors} (./test installs the packages.)");
        return JsonSerializer.Deserialize<string[]>(output)!;
    }
}
