using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Experiments.Tallies;

/// <summary>Counts in a Redis hash for each experiment, which is gone when nothing was added to it for a long time.</summary>
internal sealed class RedisTallies(IConnectionMultiplexer redis) : ITallyStore
{
    private const int KeptDays = 400;

    // KEYS: the hash. ARGV: seconds that it lives, then field and amount in turn.
    private const string Add = """
        for i = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
        redis.call('EXPIRE', KEYS[1], ARGV[1])
        return 1
        """;

    public async Task AddAsync(string experiment, IReadOnlyDictionary<string, long> amounts, CancellationToken cancellationToken)
    {
        RedisValue[] values = [(long)TimeSpan.FromDays(KeptDays).TotalSeconds, .. amounts.SelectMany(amount => (RedisValue[])[amount.Key, amount.Value])];
        await GuardAsync(database => database.ScriptEvaluateAsync(Add, [KeyOf(experiment)], values), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(string experiment, CancellationToken cancellationToken)
    {
        var entries = await GuardAsync(database => database.HashGetAllAsync(KeyOf(experiment)), cancellationToken);
        return entries.ToDictionary(entry => entry.Name.ToString(), entry => (long)entry.Value);
    }

    private static RedisKey KeyOf(string experiment) => $"gateway:experiments:{{{experiment}}}";

    private async Task<T> GuardAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(redis.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (RedisKeys.IsUnavailable(failure))
        {
            throw new TalliesUnavailableException(failure);
        }
    }
}
