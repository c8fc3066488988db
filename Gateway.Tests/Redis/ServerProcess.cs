using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gateway.Tests.Hosts;
using Shouldly;

namespace Gateway.Tests.Redis;

/// <summary>A server that can be killed and started again on its port, and that does not outlive this process, whatever ends it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // The shell waits at a pipe that only this process holds open: closed in order or by this process's end, the server is killed.
    private const string Leash = """ "$@" </dev/null & echo "pid $!"; read -r _; kill -9 $!; wait $! 2>/dev/null """;

    private const string IdLine = "pid ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Func<int, string, IReadOnlyList<string>> _command;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-");
    private Process? _process;
    private int _id;

    private ServerProcess(Func<int, string, IReadOnlyList<string>> command) => _command = command;

    public int Port { get; } = FreePort();

    /// <param name="command">The command line, for a port and a folder of its own.</param>
    public static async Task<ServerProcess> StartAsync(Func<int, string, IReadOnlyList<string>> command)
    {
        var server = new ServerProcess(command);
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo("sh", ["-c", Leash, "sh", .. _command(Port, _folder.FullName)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = _folder.FullName,
            })!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"A server cannot be started ({missing.Message}). ./test installs it.", missing);
        }

        _ = _process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        try
        {
            await ReadUntilReadyAsync(_process.StandardOutput, lines).WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw new ShouldAssertException($"{string.Join(' ', _command(Port, "FOLDER"))} did not start. ./test installs what is missing. {string.Join('\n', lines)}");
        }
    }

    /// <summary>Stops it where it is, as SIGSTOP does: its connections stay, and nobody answers.</summary>
    public Task StopAsync() => Signals.SendAsync(_id, "STOP");

    /// <summary>Lets a stopped one go on.</summary>
    public Task ContinueAsync() => Signals.SendAsync(_id, "CONT");

    /// <summary>Ends it as SIGKILL does, and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A port on loopback that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private async Task ReadUntilReadyAsync(StreamReader output, List<string> lines)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(IdLine, StringComparison.Ordinal))
            {
                _id = int.Parse(line[IdLine.Length..], CultureInfo.InvariantCulture);
            }
            else if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Whoever writes into a full pipe waits.
                _ = output.ReadToEndAsync();
                return;
            }
        }

        throw new TimeoutException();
    }
}
