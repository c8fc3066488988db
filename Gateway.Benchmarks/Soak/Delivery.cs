using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Gateway.Benchmarks.Soak;

/// <summary>Waits until no usage is under way any more.</summary>
internal static class Delivery
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    /// <returns>Whether all journals, and the lists in Redis, are empty and no target works on a request; and how long that took or what there is.</returns>
    public static async Task<Finding> WaitAsync(SoakSystem system, Sampler sampler)
    {
        await using var client = await ConnectionMultiplexer.ConnectAsync(system.Redis.Address.Authority);
        using var tick = new PeriodicTimer(Tick);
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var waiting = await client.GetDatabase().ListLengthAsync(UsageTransport.Waiting) + await client.GetDatabase().ListLengthAsync(UsageTransport.Processing);
            var gateways = (await sampler.LookAsync()).Where(sample => system.Gateways.Any(gateway => gateway.Name == sample.Server)).ToList();
            var (undelivered, inFlight) = (gateways.Sum(sample => sample.Undelivered), gateways.Sum(sample => sample.InFlight));
            var took = TimeProvider.System.GetElapsedTime(begun);
            var isEmpty = waiting == 0 && undelivered == 0 && inFlight == 0;
            if (isEmpty || took > Patience)
            {
                return new Finding("journals and queues", $"{undelivered} events in journals, {waiting} batches in Redis, {inFlight} requests at targets, {took.TotalSeconds:0.0} s after the load (0 each, {Patience.TotalSeconds:0} s)", isEmpty);
            }

            await tick.WaitForNextTickAsync();
        }
    }
}
