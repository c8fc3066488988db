using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Processes;

/// <summary>A program that ends with this process, however this process ends (see launcher.sh; on Windows only when it ends in order).</summary>
internal sealed class SupervisedProcess
{
    private const string GraceInTenths = "100";
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(1);

    private static readonly string Launcher = ReadLauncher();
    private static readonly string? SetSid = Find("setsid");

    // Other shells drop variables whose names they could not set themselves, such as services__local-model__http__0.
    private static readonly string? Bash = Find("bash");

    private readonly Process _process;
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private bool _closed;

    private SupervisedProcess(Process process, Action<string, bool> line)
    {
        _process = process;
        var output = ReadAsync(process.StandardOutput, line: content => Output(content, line));
        var error = ReadAsync(process.StandardError, line: content => line(content, true));
        Exited = ExitAsync(Task.WhenAll(output, error));
    }

    /// <summary>The program's process id, once it started; 0 if it never did.</summary>
    public Task<int> Id => _id.Task;

    /// <summary>Ends with the exit code when the program and all that it started are gone, and their output was read.</summary>
    public Task<int> Exited { get; }

    public static SupervisedProcess Start(ProcessSpec spec, Action<string, bool> line)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(spec.FileName, spec.Arguments)
            : Launch(spec);
        start.WorkingDirectory = spec.WorkingDirectory;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        return new SupervisedProcess(Process.Start(start)!, line);
    }

    /// <summary>Asks the program to end; it is killed if it takes more than ten seconds.</summary>
    public void Stop()
    {
        if (OperatingSystem.IsWindows())
        {
            Kill();
            return;
        }

        lock (_lock)
        {
            if (!_closed)
            {
                TrySend(input =>
                {
                    input.WriteLine();
                    input.Flush();
                });
            }
        }
    }

    /// <summary>Ends a program at once that was asked to end before.</summary>
    public void Kill()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }

        lock (_lock)
        {
            if (!_closed)
            {
                _closed = true;
                TrySend(input => input.Close());
            }
        }
    }

    private static ProcessStartInfo Launch(ProcessSpec spec)
    {
        var shell = Bash ?? "/bin/sh";
        string[] command =
        [
            .. SetSid is null ? Array.Empty<string>() : [SetSid],
            shell, "-c", Launcher, shell, SetSid ?? "", GraceInTenths, spec.Container is null ? "" : spec.FileName, spec.Container ?? "",
            .. Bash is null && Find("env") is { } env ? spec.Environment.Where(NeedsBash).Select(Assignment).Prepend(env) : [],
            spec.FileName, .. spec.Arguments,
        ];
        return new ProcessStartInfo(command[0], command[1..]);

        static bool NeedsBash(KeyValuePair<string, string> variable) => !variable.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
        static string Assignment(KeyValuePair<string, string> variable) => $"{variable.Key}={variable.Value}";
    }

    private static string? Find(string command) => CommandPath.Find(command, Environment.GetEnvironmentVariable("PATH"));

    private static async Task ReadAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync() is { } content)
        {
            line(content);
        }
    }

    private static string ReadLauncher()
    {
        using var reader = new StreamReader(typeof(SupervisedProcess).Assembly.GetManifestResourceStream("launcher.sh")!);
        return reader.ReadToEnd();
    }

    private void Output(string content, Action<string, bool> line)
    {
        if (OperatingSystem.IsWindows() || _id.Task.IsCompleted)
        {
            line(content, false);
        }
        else
        {
            _id.SetResult(int.Parse(content, CultureInfo.InvariantCulture));
        }
    }

    private async Task<int> ExitAsync(Task outputRead)
    {
        if (OperatingSystem.IsWindows())
        {
            _id.TrySetResult(_process.Id);
        }

        await _process.WaitForExitAsync();
        // A program that left its group may still hold the output open; nobody waits for it.
        await Task.WhenAny(outputRead, Task.Delay(LastOutput, TimeProvider.System));
        _id.TrySetResult(0);
        var code = _process.ExitCode;
        lock (_lock)
        {
            _closed = true;
            TrySend(input => input.Close());
            _process.Dispose();
        }

        return code;
    }

    private void TrySend(Action<StreamWriter> send)
    {
        try
        {
            send(_process.StandardInput);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // The launcher has just ended by itself: nothing is left to be told.
        }
    }
}
