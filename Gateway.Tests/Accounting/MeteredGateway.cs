using System.Collections.Concurrent;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;

namespace Gateway.Tests.Accounting;

/// <summary>A gateway of a <see cref="MeteredSystem"/>, that comes back on its port with its journals when it was killed.</summary>
internal sealed class MeteredGateway : IAsyncDisposable
{
    private readonly int _port = ServerProcess.FreePort();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly int _redisPort;
    private readonly IReadOnlyList<string> _settings;

    private MeteredGateway(int redisPort, IReadOnlyList<string> settings) => (_redisPort, _settings) = (redisPort, settings);

    public string Data { get; } = Directory.CreateTempSubdirectory("accounting-gateway-").FullName;

    public GatewayProcess Process { get; private set; } = null!;

    /// <summary>Done when it can serve; another one from the moment on at which it is killed.</summary>
    public Task Ready { get; private set; } = Task.CompletedTask;

    /// <summary>What it and those before it said.</summary>
    public IEnumerable<string> Lines => _lines.Concat(Process.Lines);

    public static async Task<MeteredGateway> StartAsync(int redisPort, IReadOnlyList<string> settings)
    {
        var gateway = new MeteredGateway(redisPort, settings);
        await gateway.StartAsync();
        return gateway;
    }

    public Task RestartAsync() => Ready = KillAndStartAsync();

    /// <summary>The folders of its journals: none before its first event.</summary>
    public IEnumerable<string> Journals() => Path.Combine(Data, "journal") is var journals && Directory.Exists(journals) ? Directory.GetDirectories(journals) : [];

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task KillAndStartAsync()
    {
        await Process.DisposeAsync();
        foreach (var line in Process.Lines)
        {
            _lines.Enqueue(line);
        }

        await StartAsync();
    }

    private async Task StartAsync() => Process = await GatewayProcess.StartAsync(_port, Data, _redisPort, _settings);
}
