using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDefaults.Events;

namespace Gateway.Api.Events;

/// <summary>
/// Tells whoever watches what changes. What is watched says nothing of itself: it is looked at while somebody watches, and for a while after, so that who was
/// cut off goes on where it stopped. Requests pay nothing for it.
/// </summary>
internal sealed class AdminEvents(GatewayWatch gateway, AlertWatch alerts, TimeProvider time) : BackgroundService
{
    private const int Keeps = 1_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookAtAlertsEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lingers = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly string _process = Guid.NewGuid().ToString("N")[..8];
    private EventFeed<AdminEvent>? _feed;
    private long _watchedAt;
    private long _number;

    /// <param name="lastId">What was seen last; null where nothing was.</param>
    public EventSubscription<AdminEvent> Subscribe(string? lastId)
    {
        lock (_lock)
        {
            if (_feed is null)
            {
                // From here on nothing is missed.
                gateway.Begin();
                alerts.Begin();
                _feed = new EventFeed<AdminEvent>(Keeps, one => one.Id);
            }

            _watchedAt = time.GetTimestamp();
            return _feed.Subscribe(lastId, _ => true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                RepeatAsync(LookEvery, _ => Task.FromResult(gateway.Look()), stoppingToken),
                RepeatAsync(LookAtAlertsEvery, alerts.LookAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task<IReadOnlyList<(string Name, JsonObject Data)>>> look, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsWatched())
            {
                Publish(await look(stoppingToken));
            }
        }
    }

    private bool IsWatched()
    {
        lock (_lock)
        {
            if (_feed is { HasSubscribers: true })
            {
                _watchedAt = time.GetTimestamp();
            }
            else if (_feed is not null && time.GetElapsedTime(_watchedAt) > Lingers)
            {
                // Whoever comes back later has to read all anew.
                _feed = null;
            }

            return _feed is not null;
        }
    }

    private void Publish(IReadOnlyList<(string Name, JsonObject Data)> news)
    {
        lock (_lock)
        {
            foreach (var (name, data) in news)
            {
                _feed?.Publish(new AdminEvent(string.Create(CultureInfo.InvariantCulture, $"{_process}-{++_number}"), name, JsonSerializer.SerializeToUtf8Bytes(data)));
            }
        }
    }
}
