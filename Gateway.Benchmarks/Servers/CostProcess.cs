using System.Diagnostics;
using System.Globalization;
using Cost.Worker;

namespace Gateway.Benchmarks.Servers;

/// <summary>The cost worker as it ships.</summary>
internal static class CostProcess
{
    /// <param name="data">Its data directory.</param>
    /// <param name="redisPort">Where usage comes from.</param>
    public static Task<ServerProcess> StartAsync(string data, int redisPort) => StartAsync(data, redisPort, ServerProcess.FreePort());

    /// <inheritdoc cref="StartAsync(string, int)"/>
    public static Task<ServerProcess> StartAsync(string data, int redisPort, int port) =>
        ServerProcess.StartAsync("cost", port, new ProcessStartInfo("dotnet", [typeof(CostApplication).Assembly.Location, "--urls", $"http://127.0.0.1:{port}"])
        {
            Environment =
            {
                ["Data__Directory"] = data,
                ["ConnectionStrings__redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redisPort}"),
            },
        });
}
