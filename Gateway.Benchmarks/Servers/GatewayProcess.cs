using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gateway.Api;

namespace Gateway.Benchmarks.Servers;

/// <summary>The gateway as it ships, its state in memory, in front of one upstream, and an API key for it.</summary>
internal static class GatewayProcess
{
    private const string AdminKey = "admin-of-the-benchmark";

    public static Task<(ServerProcess Server, string Key)> StartAsync(Uri upstream) => StartAsync(upstream, [], typeof(GatewayApplication).Assembly.Location);

    /// <param name="settings">Further environment variables.</param>
    /// <param name="program">What hosts the gateway, and its arguments.</param>
    public static async Task<(ServerProcess Server, string Key)> StartAsync(Uri upstream, Dictionary<string, string> settings, params string[] program)
    {
        var port = ServerProcess.FreePort();
        var start = new ProcessStartInfo("dotnet", [.. program, "--urls", $"http://127.0.0.1:{port}"])
        {
            Environment =
            {
                ["GATEWAY_ADMIN_KEY"] = AdminKey,
                ["Gateway__Providers__local__BaseUrl"] = new Uri(upstream, "v1").AbsoluteUri,
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = await ServerProcess.StartAsync("gateway", port, start);
        using var http = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) } };
        using var response = await http.PostAsJsonAsync("/admin/keys", new { name = "benchmark" });
        response.EnsureSuccessStatusCode();
        return (server, (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["key"]!);
    }
}
