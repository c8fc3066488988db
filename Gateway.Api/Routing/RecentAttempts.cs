namespace Gateway.Api.Routing;

/// <summary>How many attempts each target had in the last minutes: what it has had since the gateway started, less what it had then.</summary>
internal sealed class RecentAttempts(Router router, TimeProvider time) : BackgroundService
{
    public const int Minutes = 5;

    private const int LooksPerMinute = 4;

    private readonly Queue<IReadOnlyDictionary<string, AttemptCounts>> _looks = new();
    private readonly Lock _lock = new();

    public AttemptCounts Of(Target target)
    {
        var now = AttemptCounts.Of(target);
        lock (_lock)
        {
            return _looks.TryPeek(out var then) ? now - then.GetValueOrDefault(target.Name) : now;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1) / LooksPerMinute, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private void Look()
    {
        var seen = router.ConfiguredRoutes().SelectMany(route => route.Targets).DistinctBy(target => target.Name).ToDictionary(target => target.Name, AttemptCounts.Of, StringComparer.Ordinal);
        lock (_lock)
        {
            if (_looks.Count == 0)
            {
                // Before the first look there was nothing.
                _looks.Enqueue(new Dictionary<string, AttemptCounts>());
            }

            _looks.Enqueue(seen);
            if (_looks.Count > Minutes * LooksPerMinute)
            {
                _looks.Dequeue();
            }
        }
    }
}
