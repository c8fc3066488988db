using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Soak;

/// <summary>A process that is killed and comes back at its address with its data.</summary>
internal sealed class RestartedServer : IDisposable
{
    private readonly Func<Task<ServerProcess>> _startAsync;
    private volatile ServerProcess? _current;

    private RestartedServer(string name, Func<Task<ServerProcess>> startAsync, ServerProcess first) => (Name, _startAsync, _current, Address) = (name, startAsync, first, first.Address);

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Null while it is away.</summary>
    public ServerProcess? Current => _current;

    public static async Task<RestartedServer> StartAsync(string name, Func<Task<ServerProcess>> startAsync) => new(name, startAsync, await startAsync());

    public async Task KillAsync(TimeSpan away)
    {
        Dispose();
        await Task.Delay(away, TimeProvider.System);
        _current = await _startAsync();
    }

    public async Task StopAsync(TimeSpan time)
    {
        var process = _current ?? throw new InvalidOperationException($"{Name} is away.");
        await process.SignalAsync("STOP");
        await Task.Delay(time, TimeProvider.System);
        await process.SignalAsync("CONT");
    }

    public void Dispose()
    {
        var killed = _current;
        _current = null;
        killed?.Dispose();
    }
}
