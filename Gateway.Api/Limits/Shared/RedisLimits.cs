using System.Collections.Concurrent;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using StackExchange.Redis;

namespace Gateway.Api.Limits.Shared;

/// <summary>
/// Counts limits in Redis, for all replicas together. While Redis is away each replica counts for itself, up to its share of the limit,
/// and books afterwards what was spent meanwhile.
/// </summary>
internal sealed partial class RedisLimits(
    IConnectionMultiplexer redis, LiveConfiguration configuration, LimitMetrics metrics, TimeProvider time, ILogger<RedisLimits> logger) : ILimitStore
{
    // Many scopes are read at once, for somebody who can wait.
    private const int MostReads = 4;

    private readonly ConcurrentDictionary<string, SharedPlace> _places = new(StringComparer.Ordinal);
    private readonly MemoryLimits _own = new(time);
    private readonly ConcurrentDictionary<ScopeGroup, Scope[]> _shares = new();
    private readonly Lock _changes = new();
    private volatile bool _isUp;
    private bool _isToldAway;
    private int _replicas = 1;
    private int _outages;
    private long _number;

    /// <summary>This process, as others see it.</summary>
    public long Replica { get; } = Random.Shared.NextInt64(1L << 52);

    /// <summary>Whether Redis decides at present.</summary>
    public bool IsUp => _isUp;

    /// <summary>How often Redis was away so far.</summary>
    public int Outages => Volatile.Read(ref _outages);

    /// <summary>How many replicas there were when Redis was last asked.</summary>
    public int Replicas => Volatile.Read(ref _replicas);

    public TimeSpan HoldTime => TimeSpan.FromSeconds(configuration.Current.Limits.HoldSeconds);

    public TimeSpan LeaseTime => TimeSpan.FromMilliseconds(configuration.Current.Limits.LeaseMilliseconds);

    /// <summary>How long it may be silent.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(configuration.Current.Limits.RedisTimeoutSeconds);

    public ICollection<SharedPlace> Places => _places.Values;

    public ValueTask<Verdict> HoldAsync(Hold hold) => _isUp ? PlaceOf(hold.Group).HoldAsync(hold) : ValueTask.FromResult(HoldHere(hold));

    public void Settle(Hold hold, long tokens, long nanoUsd)
    {
        if (hold.IsLocal)
        {
            _own.Settle(hold, tokens, nanoUsd);
        }

        PlaceOf(hold.Group).Settle(hold, tokens, nanoUsd);
    }

    public async Task<IReadOnlyList<ScopeSpend>?> ReadSpendAsync(IReadOnlyList<PlacedScope> scopes, CancellationToken cancellationToken)
    {
        if (!_isUp)
        {
            return null;
        }

        try
        {
            var now = Moment.Of(time.GetUtcNow());
            var database = redis.GetDatabase();
            var states = scopes.Select(scope => database.HashGetAsync(SharedPlace.StatesOf(scope.Place), scope.Scope.Id)).ToList();
            var raws = await Task.WhenAll(states).WaitAsync(Patience * MostReads, time, cancellationToken);
            return [.. raws.Select(raw => SharedState.SpendOf((byte[]?)raw, now))];
        }
        catch (Exception failure) when (failure is TimeoutException || RedisKeys.IsUnavailable(failure))
        {
            return null;
        }
    }

    /// <summary>Books what a scope alone has spent beside any hold.</summary>
    public void Owe(PlacedScope scope, DateTimeOffset at, long nanoUsd)
    {
        var group = new ScopeGroup(scope.Place, [scope.Scope]);
        PlaceOf(group).Owe(group, Moment.Of(at), nanoUsd);
    }

    /// <summary>Decides without Redis.</summary>
    public Verdict HoldHere(Hold hold)
    {
        hold.IsLocal = true;
        if (hold.Group.HasBudget && configuration.Current.Budgets.WhenUnavailable == BudgetFallback.Refuse)
        {
            return new Verdict { Refused = LimitKind.BudgetUnavailable };
        }

        metrics.DecidedHere();
        return _own.Hold(hold, _shares.GetOrAdd(hold.Group, ShareOf));
    }

    public byte[] MemberOf(Hold hold, Moment at) => HoldMember.Of(hold, at, Replica, Interlocked.Increment(ref _number));

    public async Task<byte[]> EvaluateAsync(RedisKey[] keys, RedisValue[] message) =>
        (byte[]?)await redis.GetDatabase().ScriptEvaluateAsync(LimitScript.Text, keys, message) ?? [];

    /// <summary>Redis did not answer: nobody asks it again until <see cref="CameBack"/>.</summary>
    public void WentAway(string reason)
    {
        lock (_changes)
        {
            _isUp = false;
            if (!_isToldAway)
            {
                _isToldAway = true;
                Interlocked.Increment(ref _outages);
                _shares.Clear();
                LogAway(Replicas, reason);
            }
        }
    }

    /// <param name="replicas">How many there are.</param>
    public void CameBack(int replicas)
    {
        lock (_changes)
        {
            Volatile.Write(ref _replicas, Math.Max(1, replicas));
            if (_isUp)
            {
                return;
            }

            if (_isToldAway)
            {
                LogBack(replicas);
            }

            (_isUp, _isToldAway) = (true, false);
        }

        foreach (var place in _places.Values)
        {
            place.Resume();
        }
    }

    /// <summary>The process ends before Redis has heard of all that was used.</summary>
    public void Unfinished() => LogUnfinished();

    private SharedPlace PlaceOf(ScopeGroup group) => _places.GetOrAdd(group.Place, static (place, limits) => new SharedPlace(place, limits, limits.Clock), this);

    private TimeProvider Clock => time;

    private Scope[] ShareOf(ScopeGroup group)
    {
        var replicas = Replicas;
        long Of(long limit) => limit == 0 ? 0 : Math.Max(1, limit / replicas);
        return
        [
            .. group.Scopes.Select(scope => scope with
            {
                RequestsPerMinute = Of(scope.RequestsPerMinute),
                RequestsPerDay = Of(scope.RequestsPerDay),
                TokensPerMinute = Of(scope.TokensPerMinute),
                Concurrent = Of(scope.Concurrent),
                DailyNanoUsd = 0,
                MonthlyNanoUsd = 0,
            }),
        ];
    }

    [LoggerMessage(LogLevel.Warning, "Limits cannot be looked up in Redis ({Reason}); this process keeps to a share of 1/{Replicas} of each until it is back.")]
    private partial void LogAway(int replicas, string reason);

    [LoggerMessage(LogLevel.Warning, "This process ends before Redis has heard of all that it used: its last requests may be missing in limits and budgets. The ledger has them.")]
    private partial void LogUnfinished();

    [LoggerMessage(LogLevel.Information, "Limits are in Redis again, for {Replicas} replicas; what was spent meanwhile is booked.")]
    private partial void LogBack(int replicas);
}
