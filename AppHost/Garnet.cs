using System.Diagnostics;

namespace AppHost;

/// <summary>Microsoft's Redis-compatible server (https://microsoft.github.io/garnet/), a .NET tool of this repository (.config/dotnet-tools.json).</summary>
internal static class Garnet
{
    /// <summary>Lua scripts must be atomic, what was written must be there after a crash, with or without libaio, and memory must be what a developer can spare.</summary>
    public static string[] Arguments(string folder) =>
        ["--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--aof", "--recover", "--device-type", "RandomAccess", "--checkpointdir", folder, "--memory", "256m", "--index", "16m"];

    /// <summary>
    /// The server's assembly, fetched first where it is not there yet; null where it cannot be had. It is run with <c>dotnet</c> directly:
    /// <c>dotnet tool run</c> would leave it behind when killed.
    /// </summary>
    public static string? Find(string appHostDirectory)
    {
        var assembly = Locate();
        if (assembly is null)
        {
            Console.WriteLine("Redis: fetching Garnet, once.");
            using var restore = Process.Start(new ProcessStartInfo("dotnet", ["tool", "restore"]) { WorkingDirectory = appHostDirectory, RedirectStandardOutput = true, RedirectStandardError = true })!;
            restore.BeginOutputReadLine();
            restore.BeginErrorReadLine();
            restore.WaitForExit();
            assembly = Locate();
        }

        return assembly;
    }

    private static string? Locate()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var tool = Path.Combine(packages, "garnet-server");
        return Directory.Exists(tool)
            ? Directory.EnumerateFiles(tool, "GarnetServer.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
    }
}
