using System.Text.Json;
using Gateway.Api.Configuration;
using Gateway.Api.Files;
using StackExchange.Redis;

namespace Gateway.Api.Batches.Storage;

/// <summary>
/// Keeps each batch in a Redis hash of its own, <c>gateway:batches:{tenant}:batch_…</c>, whose fields are <c>batch</c> (JSON), <c>version</c>,
/// <c>completed</c>, <c>failed</c>, <c>fence</c> and <c>until</c> (Unix milliseconds), and what came of its lines in another, <c>….:results</c>, line → result.
/// </summary>
internal sealed class RedisBatches(IConnectionMultiplexer redis, LiveConfiguration configuration, TimeProvider time) : IBatchStore
{
    private const string Open = "gateway:batches:open";
    private const string All = "gateway:batches:all";

    private const string Change = """
        if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'batch', ARGV[2], 'version', ARGV[1] + 1)
        if ARGV[3] ~= '' then
            redis.call('EXPIRE', KEYS[1], ARGV[3])
            redis.call('DEL', KEYS[2])
        end
        return 1
        """;

    private const string Lease = """
        if redis.call('HEXISTS', KEYS[1], 'batch') == 0 then return 0 end
        local untilTime = redis.call('HGET', KEYS[1], 'until')
        if untilTime and tonumber(untilTime) > tonumber(ARGV[1]) then return 0 end
        redis.call('HSET', KEYS[1], 'until', ARGV[2])
        return redis.call('HINCRBY', KEYS[1], 'fence', 1)
        """;

    private const string Renew = """
        if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'until', ARGV[2])
        return 1
        """;

    private const string AddResult = """
        if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then return 0 end
        if redis.call('HSETNX', KEYS[2], ARGV[2], ARGV[3]) == 1 then redis.call('HINCRBY', KEYS[1], ARGV[4], 1) end
        return 1
        """;

    private static readonly RedisValue[] Shown = ["batch", "completed", "failed"];

    // A batch is put on the list of open ones just before it is kept.
    private static readonly TimeSpan BeingAdded = TimeSpan.FromMinutes(1);

    public async Task AddAsync(StoredBatch batch, CancellationToken cancellationToken)
    {
        var created = batch.CreatedAt.ToUnixTimeMilliseconds();
        await redis.AskAsync(database => database.SortedSetAddAsync(Open, ListedNameOf(batch.Name), created), cancellationToken);
        await redis.AskAsync(database => database.SortedSetAddAsync(IndexOf(batch.Tenant), batch.Id, created), cancellationToken);
        HashEntry[] fields = [new("batch", Write(batch)), new("version", batch.Version)];
        await redis.AskAsync(
            async database =>
            {
                await database.HashSetAsync(KeyOf(batch.Name), fields);
                return true;
            },
            cancellationToken);

        // Last: whoever lists all meanwhile takes it off that list where it is not kept yet.
        await redis.AskAsync(database => database.SortedSetAddAsync(All, ListedNameOf(batch.Name), created), cancellationToken);
    }

    public async Task<StoredBatch?> FindAsync(BatchName name, CancellationToken cancellationToken) =>
        Read(await redis.AskAsync(database => database.HashGetAsync(KeyOf(name), Shown), cancellationToken));

    public async Task<IReadOnlyList<StoredBatch>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        var ids = await redis.AskAsync(database => database.SortedSetRangeByRankAsync(IndexOf(tenant)), cancellationToken);
        var batches = await redis.AskAsync(database => Task.WhenAll(ids.Select(id => database.HashGetAsync(KeyOf(new BatchName(tenant, id!)), Shown))), cancellationToken);
        RedisValue[] gone = [.. ids.Where((_, index) => batches[index][0].IsNull)];
        if (gone.Length > 0)
        {
            await redis.AskAsync(database => database.SortedSetRemoveAsync(IndexOf(tenant), gone), cancellationToken);
        }

        return InOrder(batches);
    }

    public async Task<IReadOnlyList<StoredBatch>> ListAllAsync(CancellationToken cancellationToken)
    {
        // Those that an earlier version made are on the other list alone, until they end.
        var known = await redis.AskAsync(database => database.SortedSetRangeByRankAsync(All), cancellationToken);
        var open = await redis.AskAsync(database => database.SortedSetRangeByRankAsync(Open), cancellationToken);
        RedisValue[] names = [.. known.Union(open)];
        var batches = await redis.AskAsync(database => Task.WhenAll(names.Select(name => database.HashGetAsync(KeyOf(ReadListedName(name!)), Shown))), cancellationToken);
        RedisValue[] gone = [.. names.Where((_, index) => batches[index][0].IsNull)];
        if (gone.Length > 0)
        {
            await redis.AskAsync(database => database.SortedSetRemoveAsync(All, gone), cancellationToken);
        }

        return InOrder(batches);
    }

    public async Task<bool> TryChangeAsync(StoredBatch changed, CancellationToken cancellationToken)
    {
        RedisValue lifetime = changed.HasEnded ? Math.Max(1, (long)configuration.Current.Batches.Lifetime.TotalSeconds) : "";
        var isChanged = await EvaluateAsync(Change, changed.Name, [changed.Version, Write(changed with { Version = changed.Version + 1 }), lifetime], cancellationToken) == 1;
        if (isChanged && changed.HasEnded)
        {
            await redis.AskAsync(database => database.SortedSetRemoveAsync(Open, ListedNameOf(changed.Name)), cancellationToken);
        }

        return isChanged;
    }

    public async Task<IReadOnlyList<BatchName>> ListOpenAsync(CancellationToken cancellationToken)
    {
        var names = await redis.AskAsync(database => database.SortedSetRangeByRankAsync(Open), cancellationToken);
        return [.. names.Select(name => ReadListedName(name!))];
    }

    public async Task<BatchLease?> TryLeaseAsync(BatchName name, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var fence = await EvaluateAsync(Lease, name, [now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()], cancellationToken);
        if (fence > 0 && await FindAsync(name, cancellationToken) is { HasEnded: false })
        {
            return new BatchLease(name, fence);
        }

        // One that has ended, or was never kept, is on the list only where a process died between the two.
        if (fence > 0 || (await FindAsync(name, cancellationToken) is null && await AddedBeforeAsync(name, now - BeingAdded, cancellationToken)))
        {
            await redis.AskAsync(database => database.SortedSetRemoveAsync(Open, ListedNameOf(name)), cancellationToken);
        }

        return null;
    }

    public async Task<StoredBatch?> RenewAsync(BatchLease lease, DateTimeOffset until, CancellationToken cancellationToken) =>
        await EvaluateAsync(Renew, lease.Batch, [lease.Fence, until.ToUnixTimeMilliseconds()], cancellationToken) == 1 ? await FindAsync(lease.Batch, cancellationToken) : null;

    public Task ReleaseAsync(BatchLease lease, CancellationToken cancellationToken) => EvaluateAsync(Renew, lease.Batch, [lease.Fence, 0], cancellationToken);

    public async Task<bool> AddResultAsync(BatchLease lease, int line, BatchResult result, CancellationToken cancellationToken) =>
        await EvaluateAsync(AddResult, lease.Batch, [lease.Fence, line, result.ToBytes(), result.IsOutput ? "completed" : "failed"], cancellationToken) == 1;

    public async Task<IReadOnlySet<int>> ListDoneAsync(BatchName name, CancellationToken cancellationToken)
    {
        var lines = (RedisValue[])(await redis.AskAsync(database => database.ExecuteAsync("HKEYS", ResultsOf(name)), cancellationToken))!;
        return lines.Select(line => (int)line).ToHashSet();
    }

    public async Task<IReadOnlyList<BatchResult?>> ReadResultsAsync(BatchName name, int first, int count, CancellationToken cancellationToken)
    {
        RedisValue[] lines = [.. Enumerable.Range(first, count)];
        var results = await redis.AskAsync(database => database.HashGetAsync(ResultsOf(name), lines), cancellationToken);
        return [.. results.Select(result => result.IsNull ? (BatchResult?)null : BatchResult.Of(result))];
    }

    private async Task<bool> AddedBeforeAsync(BatchName name, DateTimeOffset moment, CancellationToken cancellationToken) =>
        await redis.AskAsync(database => database.SortedSetScoreAsync(Open, ListedNameOf(name)), cancellationToken) < moment.ToUnixTimeMilliseconds();

    private static IReadOnlyList<StoredBatch> InOrder(IEnumerable<RedisValue[]> batches) =>
        [.. batches.Select(Read).OfType<StoredBatch>().OrderBy(batch => batch.CreatedAt).ThenBy(batch => batch.Id, StringComparer.Ordinal)];

    private static RedisKey IndexOf(string tenant) => $"gateway:batches:{{{Uri.EscapeDataString(tenant)}}}";

    private static RedisKey KeyOf(BatchName name) => $"{IndexOf(name.Tenant)}:{name.Id}";

    private static RedisKey ResultsOf(BatchName name) => $"{KeyOf(name)}:results";

    private static RedisValue ListedNameOf(BatchName name) => $"{name.Id}/{name.Tenant}";

    private static BatchName ReadListedName(string text)
    {
        var end = text.IndexOf('/', StringComparison.Ordinal);
        return new BatchName(text[(end + 1)..], text[..end]);
    }

    private static byte[] Write(StoredBatch batch) => JsonSerializer.SerializeToUtf8Bytes(batch, BatchesJson.Default.StoredBatch);

    private static StoredBatch? Read(RedisValue[] fields) => fields[0].IsNull
        ? null
        : JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)fields[0]).Span, BatchesJson.Default.StoredBatch)! with { Completed = (int)fields[1], Failed = (int)fields[2] };

    private Task<long> EvaluateAsync(string script, BatchName name, RedisValue[] values, CancellationToken cancellationToken) =>
        redis.AskAsync(async database => (long)await database.ScriptEvaluateAsync(script, [KeyOf(name), ResultsOf(name)], values), cancellationToken);
}
