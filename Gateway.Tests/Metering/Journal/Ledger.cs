using ServiceDefaults.Usage;
using StackExchange.Redis;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Metering.Journal;

/// <summary>Takes batches as the cost worker does, as far as a journal can see.</summary>
internal sealed class Ledger(int port) : IAsyncDisposable
{
    private ConnectionMultiplexer? _redis;

    /// <summary>The next batch. It is gone from Redis, and not acknowledged.</summary>
    public async Task<UsageBatch> TakeAsync()
    {
        var database = await DatabaseAsync();
        var reply = await database.ExecuteAsync("BRPOP", UsageTransport.Waiting, 10);
        return UsageBatch.Read((byte[])((RedisResult[])reply!)[1]!);
    }

    /// <summary>Takes batches up to one that ends with this number; in order, without gaps.</summary>
    public async Task<IReadOnlyList<UsageBatch>> TakeUntilAsync(long last)
    {
        var batches = new List<UsageBatch>();
        do
        {
            batches.Add(await TakeAsync());
        }
        while (batches[^1].Header.Last < last);

        return batches;
    }

    /// <summary>Looks as if it worked on a batch: what it took is not pushed again at once.</summary>
    public async Task WorkAsync() => await (await DatabaseAsync()).ListLeftPushAsync(UsageTransport.Processing, "a batch");

    public async Task<long> WaitingAsync() => await (await DatabaseAsync()).ListLengthAsync(UsageTransport.Waiting);

    public async Task AcknowledgeAsync(string journal, long last) => await (await DatabaseAsync()).HashSetAsync(UsageTransport.Kept, journal, last);

    public async Task<IDatabase> DatabaseAsync() => (_redis ??= await RedisClients.ConnectAsync(port)).GetDatabase();

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }
}
