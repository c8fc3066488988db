using System.Diagnostics;
using System.Globalization;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Redis;

/// <summary>
/// GET and SET by redis-benchmark and by the product's Redis client, 50 callers each, in turn and in alternating order on one
/// redis-server: ratios are taken within a round, and the median over the rounds is told. The client is measured as the product uses
/// it, all callers on one connection, and like the tool, which has a connection for each.
/// </summary>
internal static class RedisComparison
{
    private const int Callers = 50;

    // In this order: what GET finds is there then.
    private static readonly string[] Commands = ["SET", "GET"];

    public static async Task<int> RunAsync(Options options)
    {
        var port = ServerProcess.FreePort();
        var start = new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        using var server = await ServerProcess.StartAsync("redis-server", port, start);
        await using var shared = await ClientLoad.ConnectAsync(port, Callers, connections: 1);
        await using var separate = await ClientLoad.ConnectAsync(port, Callers, connections: Callers);
        var duration = TimeSpan.FromSeconds(options.Seconds);
        Console.WriteLine($"{Callers} callers, {options.Rounds} rounds of {options.Seconds} s, ratios to redis-benchmark within a round\n");
        Console.WriteLine("| requests/s | redis-benchmark -P 1 | client, one connection | ratio | client, a connection for each caller | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var command in Commands)
        {
            var tool = new ToolLoad(port, Callers, command);
            await tool.CalibrateAsync(duration);
            var rounds = await MeasureAsync([tool.RunAsync, () => shared.RunAsync(command, duration), () => separate.RunAsync(command, duration)], options.Rounds);
            Console.WriteLine($"| {command} | {Rate(rounds, 0)} | {Rate(rounds, 1)} | {Ratio(rounds, 1)} | {Rate(rounds, 2)} | {Ratio(rounds, 2)} |");
        }

        return 0;
    }

    private static async Task<IReadOnlyList<double[]>> MeasureAsync(Func<Task<double>>[] loads, int count)
    {
        // One slice of each that does not count: code is compiled in it.
        foreach (var load in loads)
        {
            await load();
        }

        var rounds = new List<double[]>();
        for (var round = 0; round < count; round++)
        {
            var rates = new double[loads.Length];
            foreach (var index in round % 2 == 0 ? Enumerable.Range(0, loads.Length) : Enumerable.Range(0, loads.Length).Reverse())
            {
                rates[index] = await loads[index]();
            }

            rounds.Add(rates);
        }

        return rounds;
    }

    private static string Rate(IEnumerable<double[]> rounds, int load) => Median.Of(rounds.Select(rates => rates[load])).ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(IEnumerable<double[]> rounds, int load) => Median.Of(rounds.Select(rates => rates[load] / rates[0])).ToString("0.00", CultureInfo.InvariantCulture);
}
