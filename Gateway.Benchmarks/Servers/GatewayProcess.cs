using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gateway.Api;

namespace Gateway.Benchmarks.Servers;

/// <summary>The gateway as it ships in front of one upstream, its state in memory unless settings say otherwise, and an API key for it.</summary>
internal static class GatewayProcess
{
    public const string AdminKey = "admin-of-the-benchmark";

    /// <param name="name">What the tables call it.</param>
    /// <param name="settings">Further environment variables.</param>
    /// <param name="newKey">What the API key is made of; a name alone where there is nothing.</param>
    /// <param name="program">What hosts the gateway, and its arguments; the gateway's own where there is none.</param>
    public static async Task<(ServerProcess Server, string Key)> StartAsync(
        Uri upstream, string name = "gateway", IReadOnlyDictionary<string, string>? settings = null, object? newKey = null, params string[] program)
    {
        var port = ServerProcess.FreePort();
        var start = new ProcessStartInfo("dotnet", [.. program.Length > 0 ? program : [typeof(GatewayApplication).Assembly.Location], "--urls", $"http://127.0.0.1:{port}"])
        {
            Environment =
            {
                ["GATEWAY_ADMIN_KEY"] = AdminKey,
                ["Gateway__Limits__RequestsPerMinutePerIp"] = "0",
                ["Gateway__Providers__local__BaseUrl"] = new Uri(upstream, "v1").AbsoluteUri,
            },
        };
        foreach (var (setting, value) in settings ?? ImmutableDictionary<string, string>.Empty)
        {
            start.Environment[setting] = value;
        }

        var server = await ServerProcess.StartAsync(name, port, start);
        using var http = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) } };
        using var response = await http.PostAsJsonAsync("/admin/keys", newKey ?? new { name = "benchmark" });
        response.EnsureSuccessStatusCode();
        return (server, (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["key"]!);
    }
}
