using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Experiments.Tallies;

/// <summary>Counts in a Redis hash for each experiment, which is gone when nothing was added to it for a long time.</summary>
internal sealed class RedisTallies(IConnectionMultiplexer redis) : ITallyStore
{
    private const int KeptDays = 400;

    // KEYS: the hash; this process's last batch. ARGV: seconds that the hash lives, and the batch; the batch's number; then field and amount in turn.
    private const string Add = """
        if tonumber(redis.call('GET', KEYS[2]) or 0) >= tonumber(ARGV[3]) then return 0 end
        for i = 4, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
        redis.call('EXPIRE', KEYS[1], ARGV[1])
        redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[2])
        return 1
        """;

    // Nobody tries a batch again for longer than this.
    private static readonly TimeSpan BatchKept = TimeSpan.FromDays(7);

    private readonly string _process = Guid.NewGuid().ToString("N");

    public async Task AddAsync(string experiment, TallyBatch batch, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [KeyOf(experiment), $"{KeyOf(experiment)}:{_process}"];
        RedisValue[] values =
        [
            (long)TimeSpan.FromDays(KeptDays).TotalSeconds, (long)BatchKept.TotalSeconds, batch.Number,
            .. batch.Amounts.SelectMany(amount => (RedisValue[])[amount.Key, amount.Value]),
        ];
        await GuardAsync(database => database.ScriptEvaluateAsync(Add, keys, values), cancellationToken);
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
