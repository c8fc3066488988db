using System.Globalization;
using Gateway.Benchmarks.Load;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Everything;

/// <summary>What a request allocates in the gateway, by its own count at <c>/metrics</c>; all that the process does meanwhile is in it.</summary>
internal static class AllocationMeasurement
{
    private const string Counter = "dotnet_gc_heap_total_allocated_bytes_total ";
    private const int Connections = 16;

    public static async Task RunAsync(IReadOnlyList<(ServerProcess Server, string Key)> gateways, string folder, Options options)
    {
        Console.WriteLine($"allocated, {Connections} connections, {options.Rounds} rounds\n\n| | bytes a request |\n|---|---|");
        foreach (var (server, key) in gateways)
        {
            var script = Wrk.WriteScript(folder, key);
            var rounds = new List<double>();
            for (var round = 0; round < options.Rounds; round++)
            {
                var before = await AllocatedAsync(server.Address);
                var load = await Wrk.RunAsync(server.Address, script, Connections, options.Seconds);
                rounds.Add((await AllocatedAsync(server.Address) - before) / load.Requests);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {server.Name} | {Median.Of(rounds):N0} |"));
        }

        Console.WriteLine();
    }

    private static async Task<double> AllocatedAsync(Uri gateway)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(gateway, "/metrics"));
        var line = metrics.Split('\n').Single(line => line.StartsWith(Counter, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(Counter.Length), CultureInfo.InvariantCulture);
    }
}
