namespace Gateway.Benchmarks.Soak;

/// <summary>What is broken, in a fixed order, again and again.</summary>
internal sealed class SoakFaults(SoakSystem system, CallBook book, KeyFault keys)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan UpstreamAway = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RedisAway = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WorkerAway = TimeSpan.FromSeconds(3);

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>The last of them.</summary>
    public string Latest { get; private set; } = "none yet";

    /// <summary>Begins no further one when the time is over; all are back when it ends.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        var end = book.Now + time;
        (string Name, Func<Task> BreakAsync)[] round =
        [
            ("upstream killed", KillUpstreamAsync),
            ("Redis stopped", () => system.Redis.StopAsync(RedisAway)),
            ("Redis killed", () => system.Redis.KillAsync(RedisAway)),
            ("worker killed", () => system.Worker.KillAsync(WorkerAway)),
            ("key made and revoked", keys.RunAsync),
        ];
        while (true)
        {
            await Task.Delay(Between, TimeProvider.System);
            if (book.Now + Between >= end)
            {
                return;
            }

            (Latest, var breakAsync) = round[Count % round.Length];
            await breakAsync();
            Count++;
        }
    }

    private async Task KillUpstreamAsync()
    {
        var begin = book.Now;
        system.Primary.Dispose();
        book.UpstreamKilled(begin);
        await system.Primary.KillAsync(UpstreamAway);
    }
}
