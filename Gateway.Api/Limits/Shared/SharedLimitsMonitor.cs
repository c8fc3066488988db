using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Limits.Shared;

/// <summary>
/// Tells whether Redis is there, so that no request has to find out: asks it each second, and four times a second while it is away.
/// Counts the replicas by the way, and tends to holds.
/// </summary>
internal sealed class SharedLimitsMonitor(RedisLimits limits, IConnectionMultiplexer redis, TimeProvider time) : BackgroundService
{
    private const int TicksBetweenBeats = 4;
    private const int TendingsPerHold = 3;

    private const string Beat = """
        redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1] - 5000)
        return redis.call('ZCARD', KEYS[1])
        """;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly RedisKey[] Replicas = ["gateway:replicas"];

    private long _tended = time.GetTimestamp();

    /// <summary>Before the first request: it is to be counted where all others are.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var tick = 0;
        do
        {
            GiveUpWhereSilent();
            if (!limits.IsUp || tick++ % TicksBetweenBeats == 0)
            {
                await BeatAsync(stoppingToken);
            }

            TendWhereDue();
            foreach (var place in limits.Places)
            {
                place.EndLeases();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>After the last request: what it used is told before the process ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Task.WhenAll(limits.Places.Select(place => place.FinishAsync())).WaitAsync(limits.Patience, time, cancellationToken);
        }
        catch (Exception ends) when (ends is TimeoutException or OperationCanceledException)
        {
            limits.Unfinished();
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            RedisValue[] arguments = [time.GetUtcNow().ToUnixTimeMilliseconds(), limits.Replica];
            var replicas = await redis.GetDatabase().ScriptEvaluateAsync(Beat, Replicas, arguments).WaitAsync(limits.Patience, time, cancellationToken);
            limits.CameBack((int)replicas);
        }
        catch (Exception failure) when (failure is TimeoutException || RedisKeys.IsUnavailable(failure))
        {
            limits.WentAway(failure.Message);
        }
    }

    private void GiveUpWhereSilent()
    {
        var patience = limits.Patience;
        foreach (var place in limits.Places)
        {
            if (place.GiveUp(patience))
            {
                limits.WentAway(FormattableString.Invariant($"no answer within {patience.TotalSeconds:0.#} s"));
            }
        }
    }

    private void TendWhereDue()
    {
        var interval = limits.HoldTime / TendingsPerHold;
        if (!limits.IsUp || time.GetElapsedTime(_tended) < interval)
        {
            return;
        }

        _tended = time.GetTimestamp();
        foreach (var place in limits.Places)
        {
            place.Tend(interval);
        }
    }
}
