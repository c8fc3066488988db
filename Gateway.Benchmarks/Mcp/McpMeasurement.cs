using System.Globalization;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Mcp;

/// <summary>How many calls of tools a second the product server answers over HTTP, as it ships, with its sample catalogue.</summary>
internal static class McpMeasurement
{
    private const int Connections = 32;
    private const int Goal = 3000;

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("mcp-").FullName;
        try
        {
            using var server = await ProductsProcess.StartAsync(folder);
            (string Name, string Script)[] calls =
            [
                ("get_product", Wrk.WriteToolScript(folder, "get_product", """{"catalog":{"id":"nothing"}}""")),
                ("search_catalog, 1 product", Wrk.WriteToolScript(folder, "search_catalog", """{"catalog":{"query":"wireless keyboard","pagination":{"limit":1}}}""")),
                ("search_catalog, 10 products", Wrk.WriteToolScript(folder, "search_catalog", """{"catalog":{"query":"wireless","filters":{"available":true}}}""")),
            ];
            Console.WriteLine("| tools/call | calls/s | p50 ms | p99 ms | CPU µs a call |");
            Console.WriteLine("|---|---|---|---|---|");
            var slowest = double.MaxValue;
            foreach (var (name, script) in calls)
            {
                await Wrk.RunAsync(server.Address, script, Connections, options.Seconds);
                var rates = new List<(WrkResult Result, double Cpu)>();
                for (var round = 0; round < options.Rounds; round++)
                {
                    var before = server.CpuSeconds;
                    var result = await Wrk.RunAsync(server.Address, script, Connections, options.Seconds);
                    rates.Add((result, (server.CpuSeconds - before) * 1e6 / result.Requests));
                }

                var (median, cpu) = rates.OrderBy(rate => rate.Result.RequestsPerSecond).ElementAt(rates.Count / 2);
                slowest = Math.Min(slowest, median.RequestsPerSecond);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {median.RequestsPerSecond:N0} | {median.P50Milliseconds:N2} | {median.P99Milliseconds:N2} | {cpu:N0} |"));
            }

            return slowest >= Goal ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
