using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>What this machine has, as its own commands tell.</summary>
internal sealed class Machine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Where nothing keeps the driver loaded, nvidia-smi loads it first.
    private static readonly TimeSpan DriverPatience = TimeSpan.FromSeconds(10);

    private readonly string _searchPath;
    private readonly string? _engine;

    public Machine(IConfiguration settings)
    {
        // "PATH" of the configuration is the variable of that name, unless a test says otherwise.
        _searchPath = settings["PATH"] ?? "";
        _engine = Ask(Patience, "docker", "info");
    }

    public bool HasContainerEngine => _engine is not null;

    // " Runtimes: io.containerd.runc.v2 nvidia runc"
    public bool HasNvidiaRuntime => _engine is not null
        && _engine.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Any(words => words is ["Runtimes:", ..] && words.Contains("nvidia"));

    public bool HasNvidiaGpu => Ask(DriverPatience, "nvidia-smi", "--list-gpus") is not null;

    public bool HasRedisServer => Ask(Patience, "redis-server", "--version") is not null;

    /// <summary>What a command writes; null where there is no such command, where it fails, or takes too long.</summary>
    private string? Ask(TimeSpan patience, string command, string argument)
    {
        if (Find(command) is not { } program)
        {
            return null;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            process.BeginErrorReadLine();
            if (process.WaitForExit(patience))
            {
                return process.ExitCode == 0 ? output.GetAwaiter().GetResult() : null;
            }

            process.Kill(entireProcessTree: true);
            return null;
        }
        catch (Win32Exception)
        {
            // It may not be run.
            return null;
        }
    }

    private string? Find(string command) => _searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{command}.exe" : command))
        .FirstOrDefault(File.Exists);
}
