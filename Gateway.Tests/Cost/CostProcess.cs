using System.Diagnostics;
using System.Globalization;
using Cost.Worker;
using Gateway.Tests.Hosts;

namespace Gateway.Tests.Cost;

/// <summary>The worker as a process of its own.</summary>
internal static class CostProcess
{
    public static string Assembly => typeof(CostApplication).Assembly.Location;

    /// <param name="port">0 where nobody asks it.</param>
    /// <param name="before">What starts it, such as a namespace of its own.</param>
    public static LeashedProcess Start(string data, int redisPort, int port = 0, params IReadOnlyList<string> before) => LeashedProcess.Start(
        new Dictionary<string, string>
        {
            ["GATEWAY_ADMIN_KEY"] = GatewayProcess.AdminKey,
            ["Data__Directory"] = data,
            ["ConnectionStrings__redis"] = $"127.0.0.1:{redisPort}",
            // The runtime's own memory is a file where this is on, and a limit on the size of files would end it.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        },
        [.. before, "dotnet", Assembly, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")]);

    /// <summary>Runs one of its commands to the end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("Data__Directory");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
