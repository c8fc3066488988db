using Gateway.Api.Access;
using Gateway.Api.Routing;
using StackExchange.Redis;

namespace Gateway.Api.Serverless;

/// <summary>
/// Circuits in Redis, where processes see too few requests to open one each by itself. A target of which half of the last attempts failed, five or
/// more in ten seconds and by whichever process, is left alone for ten; then one more failure is enough. Without Redis each process goes by its own.
/// </summary>
internal sealed partial class SharedCircuits(IConnectionMultiplexer? redis, TimeProvider time, ILogger<SharedCircuits> logger)
{
    private const string Circuits = "gateway:circuits";
    private const int MinimumAttempts = 5;
    private const int WindowMilliseconds = 10_000;
    private const int BreakMilliseconds = 10_000;
    private const int ForgottenSeconds = 3600;

    /// <summary>What an answer is worth waiting for: a target that is down costs more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    // A field for each target: "begin attempts failures closed-until", times in ms since 1970.
    // ARGV: now, target, 1 where the attempt failed, ms that the target asked for, window, break, fewest attempts, seconds that it all lives.
    private const string Add = """
        local now, failed, wanted = tonumber(ARGV[1]), ARGV[3] == '1', tonumber(ARGV[4])
        local begin, attempts, failures, closed = now, 0, 0, 0
        local kept = redis.call('HGET', KEYS[1], ARGV[2])
        if kept then
          local b, a, f, c = string.match(kept, '^(%d+) (%d+) (%d+) (%d+)$')
          closed = tonumber(c)
          if now - tonumber(b) <= tonumber(ARGV[5]) and not (closed > 0 and not failed) then begin, attempts, failures = tonumber(b), tonumber(a), tonumber(f) end
          if not failed then closed = 0 end
        end
        attempts = attempts + 1
        if failed then
          failures = failures + 1
          if attempts >= tonumber(ARGV[7]) and failures * 2 >= attempts then
            closed = now + tonumber(ARGV[6])
            begin, attempts, failures = closed, tonumber(ARGV[7]) - 1, tonumber(ARGV[7]) - 1
          end
        end
        if wanted > 0 then closed = math.max(closed, now + wanted) end
        redis.call('HSET', KEYS[1], ARGV[2], string.format('%d %d %d %d', begin, attempts, failures, closed))
        redis.call('EXPIRE', KEYS[1], ARGV[8])
        return closed
        """;

    private bool _isAway;

    /// <summary>Has each target left alone for as long as all processes together found.</summary>
    public async ValueTask LookAsync(IReadOnlyList<Target> targets)
    {
        if (redis is null)
        {
            return;
        }

        var kept = await AskAsync(database => database.HashGetAsync(Circuits, [.. targets.Select(target => (RedisValue)target.Name)]));
        for (var i = 0; i < kept?.Length; i++)
        {
            if (kept[i].HasValue && long.TryParse(kept[i].ToString().Split(' ')[^1], out var until) && until - Now is > 0 and var left)
            {
                targets[i].Health.Circuit.LeaveAlone(TimeSpan.FromMilliseconds(left));
            }
        }
    }

    /// <summary>Counts an attempt.</summary>
    /// <param name="target">Whose.</param>
    /// <param name="failed">Whether it counts against the target.</param>
    /// <param name="pause">What the target asked for.</param>
    public async ValueTask CountAsync(Target target, bool failed, TimeSpan pause)
    {
        if (redis is not null)
        {
            RedisValue[] values = [Now, target.Name, failed ? 1 : 0, (long)pause.TotalMilliseconds, WindowMilliseconds, BreakMilliseconds, MinimumAttempts, ForgottenSeconds];
            await AskAsync(database => database.ScriptEvaluateAsync(Add, [Circuits], values));
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<T?> AskAsync<T>(Func<IDatabase, Task<T>> call)
        where T : class
    {
        try
        {
            var answer = await call(redis!.GetDatabase()).WaitAsync(Patience, time);
            _isAway = false;
            return answer;
        }
        catch (Exception failure) when (failure is TimeoutException || RedisKeys.IsUnavailable(failure))
        {
            if (!_isAway)
            {
                LogAway(failure.Message);
            }

            _isAway = true;
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Circuits cannot be shared at present; this process goes by its own: {Reason}")]
    private partial void LogAway(string reason);
}
