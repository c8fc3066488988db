using System.Globalization;
using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Cost.Worker.Intake;

/// <summary>The lists in Redis that <see cref="UsageTransport"/> names, from the worker's side.</summary>
internal sealed class UsageQueue(IConnectionMultiplexer redis)
{
    /// <summary>The most batches that are taken, and flushed to disk, at once.</summary>
    public const int Most = 64;

    // Long enough to cost nothing where nothing comes. It goes over a connection of its own where the client has one for it, and nothing else is asked of Redis meanwhile.
    private const int WaitSeconds = 1;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>The oldest batches that were taken and not acknowledged, oldest first.</summary>
    public async Task<IReadOnlyList<RedisValue>> TakenAsync(CancellationToken cancellationToken)
    {
        var taken = await Database.ListRangeAsync(UsageTransport.Processing, -Most, -1).WaitAsync(cancellationToken);
        Array.Reverse(taken);
        return taken;
    }

    /// <summary>Takes the oldest waiting batches, oldest first; waits a little for the first one, and returns none where none came.</summary>
    public async Task<IReadOnlyList<RedisValue>> TakeAsync(CancellationToken cancellationToken)
    {
        var first = (RedisValue)await Database.ExecuteAsync("BLMOVE", (RedisKey)UsageTransport.Waiting, (RedisKey)UsageTransport.Processing, "RIGHT", "LEFT", WaitSeconds).WaitAsync(cancellationToken);
        if (first.IsNull)
        {
            return [];
        }

        var more = (int)Math.Min(await Database.ListLengthAsync(UsageTransport.Waiting).WaitAsync(cancellationToken), Most - 1);
        var moves = new Task<RedisValue>[more];
        for (var i = 0; i < more; i++)
        {
            moves[i] = Database.ListMoveAsync(UsageTransport.Waiting, UsageTransport.Processing, ListSide.Right, ListSide.Left);
        }

        var moved = await Task.WhenAll(moves).WaitAsync(cancellationToken);
        return [first, .. moved.Where(value => !value.IsNull)];
    }

    /// <summary>Says how far journals are kept, and then drops the batches.</summary>
    public async Task AcknowledgeAsync(IReadOnlyDictionary<string, long> kept, IReadOnlyList<RedisValue> batches, CancellationToken cancellationToken)
    {
        var sent = new List<Task>(batches.Count + 1);
        if (kept.Count > 0)
        {
            sent.Add(Database.HashSetAsync(UsageTransport.Kept, [.. kept.Select(pair => new HashEntry(pair.Key, pair.Value))]));
        }

        foreach (var batch in batches)
        {
            // From the right, where the oldest are: found at once.
            sent.Add(Database.ListRemoveAsync(UsageTransport.Processing, batch, -1));
        }

        await Task.WhenAll(sent).WaitAsync(cancellationToken);
    }

    /// <summary>What was acknowledged, by whichever worker.</summary>
    public async Task<IReadOnlyDictionary<string, long>> AcknowledgedAsync(CancellationToken cancellationToken)
    {
        var acknowledged = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in await Database.HashGetAllAsync(UsageTransport.Kept).WaitAsync(cancellationToken))
        {
            if (long.TryParse(entry.Value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var last))
            {
                acknowledged[entry.Name.ToString()] = last;
            }
        }

        return acknowledged;
    }
}
