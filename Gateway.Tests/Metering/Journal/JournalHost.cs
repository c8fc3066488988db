using Gateway.Api.Metering.Journal;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Usage;
using StackExchange.Redis;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

/// <summary>A usage journal as one gateway process has it, with a real Redis.</summary>
internal sealed class JournalHost : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 30, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    private JournalHost(ServiceProvider services, LogRecorder log)
    {
        _services = services;
        Log = log;
    }

    public LogRecorder Log { get; }

    public UsageJournal Journal => _services.GetRequiredService<UsageJournal>();

    public JournalService Service => _services.GetRequiredService<JournalService>();

    public string Id => Service.Gatherer.Journal;

    /// <summary>Settings with times that a test can wait for.</summary>
    public static JournalSettings Settings { get; } = new()
    {
        AcknowledgementInterval = TimeSpan.FromMilliseconds(20),
        BatchTime = TimeSpan.FromMilliseconds(1),
        FirstRetry = TimeSpan.FromMilliseconds(5),
        LastRetry = TimeSpan.FromMilliseconds(20),
        LastDeliveryTime = TimeSpan.FromMilliseconds(500),
    };

    /// <param name="port">Redis's.</param>
    /// <param name="directory">Where the data of the process is; null where its disk does not outlive it.</param>
    /// <param name="settings">Bounds and times.</param>
    public static async Task<JournalHost> StartAsync(int port, string? directory, JournalSettings? settings = null)
    {
        var log = new LogRecorder();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log));
        services.AddMetrics();
        services.AddSingleton(TimeProvider.System);
        var redis = await RedisClients.ConnectAsync(port, options => options.AbortOnConnectFail = false);
        services.AddSingleton<IConnectionMultiplexer>(_ => redis);
        services.AddUsageJournal(settings ?? Settings, directory);
        var host = new JournalHost(services.BuildServiceProvider(), log);
        await host.Service.StartAsync(RedisClients.Token);
        return host;
    }

    public static UsageEvent Event(string request) =>
        new() { Id = default, RequestId = request, At = At, Operation = "chat", Status = UsageStatus.Ok, HttpStatus = 200 };

    public Task AppendAsync(string request) => Journal.AppendAsync(Event(request)).AsTask().WaitAsync(RedisClients.Soon, TimeProvider.System, RedisClients.Token);

    /// <summary>Appends events one after another: <c>first</c> is the number of the first one's request.</summary>
    public async Task AppendAsync(int first, int count)
    {
        for (var request = first; request < first + count; request++)
        {
            await AppendAsync($"r{request}");
        }
    }

    public Task StopAsync() => Service.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}
