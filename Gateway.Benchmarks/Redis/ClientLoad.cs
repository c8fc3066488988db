using System.Diagnostics;
using StackExchange.Redis;

namespace Gateway.Benchmarks.Redis;

/// <summary>Callers of the product's Redis client, each with one command on the way; key and value are as long as redis-benchmark's.</summary>
internal sealed class ClientLoad : IAsyncDisposable
{
    private const string Key = "key:__rand_int__";
    private const string Value = "xxx";

    private readonly ConnectionMultiplexer[] _connections;
    private readonly int _callers;

    private ClientLoad(ConnectionMultiplexer[] connections, int callers)
    {
        _connections = connections;
        _callers = callers;
    }

    public static async Task<ClientLoad> ConnectAsync(int port, int callers, int connections) =>
        new(await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}"))), callers);

    /// <summary>Returns requests per second.</summary>
    public async Task<double> RunAsync(string command, TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, _callers).Select(caller => Task.Run(() => CallAsync(caller, command, begun, duration))));
        return counts.Sum() / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<long> CallAsync(int caller, string command, long begun, TimeSpan duration)
    {
        var database = _connections[caller % _connections.Length].GetDatabase();
        Func<Task> call = command == "GET" ? () => database.StringGetAsync(Key) : () => database.StringSetAsync(Key, Value);
        var count = 0L;
        while (Stopwatch.GetElapsedTime(begun) < duration)
        {
            await call();
            count++;
        }

        return count;
    }
}
