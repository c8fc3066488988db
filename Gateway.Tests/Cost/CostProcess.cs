using System.Collections.Concurrent;
using System.Diagnostics;
using Cost.Worker;

namespace Gateway.Tests.Cost;

/// <summary>The worker as a process of its own, that can be killed.</summary>
internal sealed class CostProcess : IAsyncDisposable
{
    // The shell waits at a pipe that only this process holds open: closed in order or by this process's end, the worker is killed.
    // A limit on the size of files stands in for a full disk; the signal that comes with it must not end the worker, since a full disk has none.
    private const string Leash = """ trap '' XFSZ; "$@" </dev/null & echo "$!"; read -r _; kill -9 $!; wait $! 2>/dev/null """;

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CostProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string Assembly => typeof(CostApplication).Assembly.Location;

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The worker's own id, not the shell's.</summary>
    public Task<int> Id => _id.Task;

    public static CostProcess Start(string data, int redisPort)
    {
        var start = new ProcessStartInfo("sh", ["-c", Leash, "sh", "dotnet", Assembly, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Data__Directory"] = data,
                ["ConnectionStrings__redis"] = $"127.0.0.1:{redisPort}",
                // The runtime's own memory is a file where this is on, and that limit would end it.
                ["DOTNET_EnableWriteXorExecute"] = "0",
            },
        };
        return new CostProcess(Process.Start(start)!);
    }

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

    /// <summary>Ends it as SIGKILL does, and returns when it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (!_id.Task.IsCompleted && int.TryParse(line, out var id))
        {
            _id.TrySetResult(id);
            return;
        }

        Lines.Enqueue(line);
    }
}
