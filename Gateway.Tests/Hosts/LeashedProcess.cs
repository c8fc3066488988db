using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gateway.Tests.Hosts;

/// <summary>A service as a process of its own, that can be killed and that does not outlive this one, whatever ends it.</summary>
internal sealed class LeashedProcess : IAsyncDisposable
{
    // The shell waits at a pipe that only this process holds open: closed in order or by this process's end, the service is killed.
    // A limit on the size of files stands in for a full disk; the signal that comes with it must not end the service, since a full disk has none.
    private const string Leash = """ trap '' XFSZ; "$@" </dev/null & echo "$!"; read -r _; kill -9 $!; wait $! 2>/dev/null """;

    private readonly Process _process;
    private readonly ConcurrentBag<(string Part, TaskCompletionSource Said)> _awaited = [];
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LeashedProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The service's own id, not the shell's.</summary>
    public Task<int> Id => _id.Task;

    /// <param name="environment">What is set beside this process's own; a shell passes on only what it could name itself.</param>
    /// <param name="command">The program and its arguments.</param>
    public static LeashedProcess Start(IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("sh", ["-c", Leash, "sh", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new LeashedProcess(Process.Start(start)!);
    }

    /// <summary>Ends when it has said a line with this in it.</summary>
    public Task LineAsync(string part, CancellationToken cancellationToken)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited.Add((part, said));

        // In this order: a line that comes meanwhile is seen here or there.
        if (Lines.Any(line => line.Contains(part, StringComparison.Ordinal)))
        {
            said.TrySetResult();
        }

        return said.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stops it where it is, as SIGSTOP does.</summary>
    public async Task StopAsync() => await Signals.SendAsync(await Id, "STOP");

    /// <summary>Lets a stopped one go on.</summary>
    public async Task ContinueAsync() => await Signals.SendAsync(await Id, "CONT");

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
        foreach (var (part, said) in _awaited)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                said.TrySetResult();
            }
        }
    }
}
