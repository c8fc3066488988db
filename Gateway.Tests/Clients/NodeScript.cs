using System.Diagnostics;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;

namespace Gateway.Tests.Clients;

/// <summary>Runs a script of <c>npm/</c> that reads one JSON value and writes one.</summary>
internal static class NodeScript
{
    public static async Task<JsonNode> RunAsync(string script, JsonNode input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = Repository.PathOf("Gateway.Tests", "Clients", "npm"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(input.ToJsonString().AsMemory(), cancellationToken);
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync(cancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(cancellationToken);
        await node.WaitForExitAsync(cancellationToken);
        node.ExitCode.ShouldBe(0, $"{await errors} (./test installs the packages.)");
        return JsonNode.Parse(output)!;
    }
}
