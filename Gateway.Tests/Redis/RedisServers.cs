using System.Globalization;
using System.Text.Json;
using Gateway.Tests.Hosts;

namespace Gateway.Tests.Redis;

/// <summary>The command lines of the servers that the product runs with.</summary>
internal static class RedisServers
{
    public static Task<ServerProcess> StartRedisAsync(params string[] options)
        => ServerProcess.StartAsync((port, folder) => ["redis-server", .. RedisOptions(port, folder), .. options]);

    public static Task<ServerProcess> StartGarnetAsync()
        => ServerProcess.StartAsync((port, folder) => ["dotnet", GarnetPath(), .. GarnetOptions(port, folder)]);

    private static string[] RedisOptions(int port, string folder) =>
        ["--port", Text(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"];

    // Without the second, Lua is not atomic.
    private static string[] GarnetOptions(int port, string folder) =>
    [
        "--port", Text(port), "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode",
        "--memory", "64m", "--index", "4m", "--checkpointdir", folder,
    ];

    // The tool's own program: `dotnet tool run` leaves it behind when killed.
    private static string GarnetPath()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json")));
        var version = manifest.RootElement.GetProperty("tools").GetProperty("garnet-server").GetProperty("version").GetString()!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var path = Path.Combine(packages, "garnet-server", version, "tools", "net10.0", "any", "GarnetServer.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"Garnet is not restored. ./test does it (dotnet tool restore).", path);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
