using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using Demo.Web.Configuration;
using Demo.Web.Proxy;

namespace Demo.Web.Visitors;

/// <summary>
/// The key that visitors without one call the gateway with. It is made once through the gateway's admin API, kept in the data folder, and made anew
/// when the gateway refuses it; no browser ever sees it.
/// </summary>
internal sealed partial class DemoKey(IConfiguration configuration, DemoOptions options, GatewayConnection gateway, TimeProvider time, ILogger<DemoKey> logger) : BackgroundService
{
    private const string AdminKeySetting = "GATEWAY_ADMIN_KEY";
    private const string Name = "demo";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly KeyFile _file = new(DataDirectory.Of(configuration));
    private readonly Channel<string?> _refused = Channel.CreateBounded<string?>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile string? _current;

    /// <summary>Null until there is one.</summary>
    public string? Current => _current;

    /// <summary>Says that the gateway does not take this key.</summary>
    public void Refuse(string key) => _refused.Writer.TryWrite(key);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _current = _file.Read();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration[AdminKeySetting] is not { Length: > 0 } adminKey)
        {
            LogNoAdminKey(AdminKeySetting);
            return;
        }

        if (_current is null)
        {
            await MakeAsync(adminKey, stoppingToken);
        }

        await foreach (var refused in _refused.Reader.ReadAllAsync(stoppingToken))
        {
            // Requests under way when a key was replaced are refused too.
            if (refused == _current)
            {
                LogRefused();
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
                _current = await AskAsync(adminKey, cancellationToken);
                _file.Write(_current);
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or JsonException or IOException)
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

    [LoggerMessage(LogLevel.Warning, "{Setting} is not set: visitors have to bring a key of their own")]
    private partial void LogNoAdminKey(string setting);

    [LoggerMessage(LogLevel.Warning, "The gateway refused the demo key; another one is made")]
    private partial void LogRefused();

    [LoggerMessage(LogLevel.Warning, "No demo key was made yet: {Reason}")]
    private partial void LogNotMade(string reason);
}
