using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Benchmarks.Servers;

/// <summary>A server under measurement: its address, and what the kernel says it used, children included.</summary>
internal sealed class ServerProcess : IDisposable
{
    // What sysconf(_SC_CLK_TCK) says on every Linux that matters.
    private const double TicksPerSecond = 100;

    private readonly Process _process;

    private ServerProcess(string name, Process process, Uri address)
    {
        Name = name;
        _process = process;
        Address = address;
    }

    public string Name { get; }

    public int Id => _process.Id;

    public Uri Address { get; }

    /// <summary>User and system time of the process and its children, in seconds.</summary>
    public double CpuSeconds => Family().Sum(CpuSecondsOf);

    /// <summary>Resident memory of the process and its children.</summary>
    public long ResidentBytes => Family().Sum(id => long.Parse(Fields($"/proc/{id}/statm")[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts one of this program's own servers.</summary>
    public static Task<ServerProcess> StartOwnAsync(string name, params string[] args) => StartOwnAsync(name, FreePort(), args);

    /// <inheritdoc cref="StartOwnAsync(string, string[])"/>
    public static Task<ServerProcess> StartOwnAsync(string name, int port, params string[] args) =>
        StartAsync(name, port, new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, .. args, "--urls", $"http://127.0.0.1:{port}"]));

    /// <summary>Starts a server and waits until it takes connections.</summary>
    public static async Task<ServerProcess> StartAsync(string name, int port, ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await ListensAsync(port))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{name} ended with exit code {process.ExitCode} before it listened.");
            }

            await timer.WaitForNextTickAsync();
        }

        return new ServerProcess(name, process, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <param name="signal">Its name without SIG: <c>STOP</c>, <c>CONT</c>.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private List<int> Family()
    {
        List<int> ids = [_process.Id];
        for (var i = 0; i < ids.Count; i++)
        {
            var children = File.ReadAllText($"/proc/{ids[i]}/task/{ids[i]}/children");
            ids.AddRange(children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)));
        }

        return ids;
    }

    // "pid (name) state ppid …": after the name, utime, stime, cutime and cstime are the 12th to 15th.
    public static double CpuSecondsOf(int id) => SumOfStat($"{id}", 11);

    /// <summary>User and system time of this process's children that have ended, and were waited for.</summary>
    public static double CpuSecondsOfEndedChildren() => SumOfStat("self", 13);

    private static double SumOfStat(string id, int first)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[first], CultureInfo.InvariantCulture) + long.Parse(fields[first + 1], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static string[] Fields(string file) => File.ReadAllText(file).Split(' ');
}
