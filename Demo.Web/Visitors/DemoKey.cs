using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using Demo.Web.Configuration;
using Demo.Web.Proxy;
using ServiceDefaults.Network;

namespace Demo.Web.Visitors;

/// <summary>
/// The key that visitors without one call the gateway with. It is made once through the gateway's admin API, kept in the data folder, and made anew
/// when the gateway refuses it; no browser ever sees it.
/// </summary>
internal sealed partial class DemoKey(IConfiguration configuration, DemoOptions options, GatewayConnection gateway, TimeProvider time, ILogger<DemoKey> logger) : BackgroundService
{
    private const string AdminKeySetting = "GATEWAY_ADMIN_KEY";
    private const string Name = "demo";

    /// <summary>So long a visitor waits for a key that is being made.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly KeyFile _file = new(DataDirectory.Of(configuration));
    private readonly Channel<string?> _refused = Channel.CreateBounded<string?>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile TaskCompletionSource<string?> _current = Pending();

    /// <summary>The key, or null where none can be made since no admin key is configured.</summary>
    /// <exception cref="TimeoutException">It is not made yet: the gateway does not answer, or has not got the tier.</exception>
    public Task<string?> GetAsync(CancellationToken cancellationToken) => _current.Task.WaitAsync(Patience, time, cancellationToken);

    /// <summary>Says that the gateway does not take this key.</summary>
    public void Refuse(string key) => _refused.Writer.TryWrite(key);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_file.Read() is { } kept)
        {
            _current.SetResult(kept);
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration[AdminKeySetting] is not { Length: > 0 } adminKey)
        {
            LogNoAdminKey(AdminKeySetting);
            _current.TrySetResult(null);
            return;
        }

        if (!_current.Task.IsCompleted)
        {
            await MakeAsync(adminKey, stoppingToken);
        }

        await foreach (var refused in _refused.Reader.ReadAllAsync(stoppingToken))
        {
            // Requests under way when a key was replaced are refused too.
            if (refused == await _current.Task)
            {
                LogRefused();
                _current = Pending();
                await MakeAsync(adminKey, stoppingToken);
            }
        }
    }

    private async Task MakeAsync(string adminKey, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var key = await AskAsync(adminKey, cancellationToken);
                Keep(key);
                _current.SetResult(key);
                return;
            }
            catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException or KeyNotFoundException)
            {
                LogNotMade(failure.Message);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task<string> AskAsync(string adminKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "admin/keys"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", adminKey) },
            Content = JsonContent.Create(new { name = Name, tenant = options.Tenant, tier = options.Tier }),
        };
        using var response = await gateway.Http.SendAsync(request, cancellationToken);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        return response.IsSuccessStatusCode
            ? body.RootElement.GetProperty("key").GetString()!
            : throw new HttpRequestException(body.RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    private void Keep(string key)
    {
        try
        {
            _file.Write(key);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotKept(failure.Message);
        }
    }

    private static TaskCompletionSource<string?> Pending() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "{Setting} is not set: visitors have to bring a key of their own")]
    private partial void LogNoAdminKey(string setting);

    [LoggerMessage(LogLevel.Warning, "The gateway refused the demo key; another one is made")]
    private partial void LogRefused();

    [LoggerMessage(LogLevel.Warning, "The demo key is not kept, and the next start makes another: {Reason}")]
    private partial void LogNotKept(string reason);

    [LoggerMessage(LogLevel.Warning, "No demo key was made yet: {Reason}")]
    private partial void LogNotMade(string reason);
}
