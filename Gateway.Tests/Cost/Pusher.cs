using System.Buffers;
using System.Text.Json;
using Gateway.Tests.Ledger;
using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Gateway.Tests.Cost;

/// <summary>The gateway's side of the delivery: pushes a journal's batches, and sends again from the last number kept where no more is acknowledged.</summary>
internal sealed class Pusher(IConnectionMultiplexer redis, string journal, int batchSize, Func<long, UsageEvent>? make = null)
{
    /// <summary>How many batches may be on their way.</summary>
    private const int Window = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private IDatabase Database => redis.GetDatabase();

    public static byte[] Text(string journal, long first, long last, IEnumerable<UsageEvent> events)
    {
        var output = new ArrayBufferWriter<byte>();
        UsageBatch.Write(output, new UsageBatchHeader(journal, first, last), events.Select(one => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(one, UsageJson.Default.UsageEvent)));
        return output.WrittenSpan.ToArray();
    }

    public Task PushAsync(long first, long last) => PushTextAsync(Text(journal, first, last, Range(first, last)));

    public Task PushTextAsync(byte[] text) => Database.ListLeftPushAsync(UsageTransport.Waiting, text);

    /// <summary>Pushes all events up to a number and returns when all of them are acknowledged.</summary>
    public async Task DeliverAsync(long last, CancellationToken cancellationToken)
    {
        var (sent, kept, since) = (0L, 0L, TimeProvider.System.GetTimestamp());
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (kept < last)
        {
            try
            {
                while (sent < last && sent - kept < Window * batchSize)
                {
                    var end = Math.Min(last, sent + batchSize);
                    await PushAsync(sent + 1, end);
                    sent = end;
                }

                var now = await KeptAsync();
                since = now > kept ? TimeProvider.System.GetTimestamp() : since;
                kept = Math.Max(kept, now);
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                // It is killed in some tests; what was pushed may be lost.
            }

            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                (sent, since) = (kept, TimeProvider.System.GetTimestamp());
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async Task<long> KeptAsync() => (long?)await Database.HashGetAsync(UsageTransport.Kept, journal) ?? 0;

    /// <summary>Returns when the number is acknowledged.</summary>
    public async Task UntilKeptAsync(long last, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await KeptAsync() < last)
        {
            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    private IEnumerable<UsageEvent> Range(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return make?.Invoke(number) ?? Events.One(journal, number);
        }
    }
}
