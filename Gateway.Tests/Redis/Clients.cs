using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

/// <summary>Clients with time-outs fit for tests.</summary>
internal static class Clients
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ConfigurationOptions Options(int port, Action<ConfigurationOptions>? configure = null)
    {
        var options = ConfigurationOptions.Parse($"127.0.0.1:{port}");
        options.ReconnectRetryPolicy = new ExponentialRetry(20, 100);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectRetry = 1;
        configure?.Invoke(options);
        return options;
    }

    public static Task<ConnectionMultiplexer> ConnectAsync(int port, Action<ConfigurationOptions>? configure = null)
        => ConnectionMultiplexer.ConnectAsync(Options(port, configure));

    /// <summary>Ends the next time that this kind of connection is there again. Ask before it breaks.</summary>
    public static Task RestoredAsync(this IConnectionMultiplexer redis, ConnectionType type = ConnectionType.Interactive)
    {
        var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        redis.ConnectionRestored += (_, change) =>
        {
            if (change.ConnectionType == type)
            {
                restored.TrySetResult();
            }
        };
        return restored.Task.WaitAsync(Soon, TimeProvider.System, Token);
    }
}
