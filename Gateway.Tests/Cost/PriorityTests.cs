using Gateway.Tests.Ledger;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Cost;

public sealed class PriorityTests
{
    private const int Name = 1;
    private const int Nice = 18;

    [Fact]
    public async Task Threads_that_take_usage_in_give_way_to_requests()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var data = Directory.CreateTempSubdirectory("cost-priority-");
        await using (var redis = await RedisServers.StartRedisAsync())
        await using (var client = await Redis.Clients.ConnectAsync(redis.Port))
        await using (var worker = CostProcess.Start(data.FullName, redis.Port))
        {
            await new Pusher(client, "a", 10, number => Events.One("a", number, TimeProvider.System.GetUtcNow())).DeliverAsync(10, TestContext.Current.CancellationToken);
            var workers = Directory.GetDirectories($"/proc/{await worker.Id}/task")
                .Select(thread => FieldsOf(File.ReadAllText(Path.Combine(thread, "stat"))))
                .Where(fields => fields[Name].StartsWith(".NET TP Worker", StringComparison.Ordinal))
                .ToList();
            workers.ShouldNotBeEmpty();
            workers.ShouldAllBe(fields => fields[Nice] == "10");
        }

        data.Delete(recursive: true);
    }

    // 4711 (.NET TP Worker) S 1 … (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)
    private static string[] FieldsOf(string stat)
    {
        var (start, end) = (stat.IndexOf('('), stat.LastIndexOf(')'));
        return [stat[..(start - 1)], stat[(start + 1)..end], .. stat[(end + 2)..].Split(' ')];
    }
}
