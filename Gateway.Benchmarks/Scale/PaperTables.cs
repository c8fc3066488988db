using System.Globalization;
using System.Text;
using Gateway.Benchmarks.Scale.Model;

namespace Gateway.Benchmarks.Scale;

/// <summary>What saturates first, by the model, where each replica, Redis server and target has a machine of its own. Computed, not measured.</summary>
internal static class PaperTables
{
    private const int ReplicasOfTenants = 16;
    private const int ReplicasOfTargets = 4;
    private const int RequestsOfTarget = 64;
    private const int FewestConnections = 64;

    // Between machines of one region; a reply that takes long only wants more connections.
    private const double RoundTrip = 0.0005;
    private const double ShortWait = 0.05;
    private const double WaitOfTarget = 1;

    private static readonly int[] Replicas = [1, 2, 4, 8, 16, 32, 64];
    private static readonly int[] Shards = [1, 3, 6, 12];
    private static readonly int[] Tenants = [10, 100, 1_000, 10_000, 100_000];
    private static readonly int[] Targets = [1, 5, 10, 20, 50];

    public static string Of(ServiceTimes measured)
    {
        var times = measured with { RoundTrip = RoundTrip, UpstreamWait = ShortWait };
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Replicas of 2 cores, 1,000 tenants, {times.Gateway * 1e6:0} µs of gateway a request\n");
        Table(text, "replicas", Replicas, Shards.Select(shards => ($"{shards} Redis", (Func<int, Layout>)(replicas => Sized(times, new Layout { Replicas = replicas, Shards = shards, Tenants = 1_000, Connections = 0 })))), times);
        text.AppendLine(CultureInfo.InvariantCulture, $"Tenants, {ReplicasOfTenants} replicas\n");
        Table(text, "tenants", Tenants, Shards.Select(shards => ($"{shards} Redis", (Func<int, Layout>)(tenants => Sized(times, new Layout { Replicas = ReplicasOfTenants, Shards = shards, Tenants = tenants, Connections = 0 })))), times);
        text.AppendLine(CultureInfo.InvariantCulture, $"Targets that answer {RequestsOfTarget} requests at a time, {WaitOfTarget} s each, {ReplicasOfTargets} replicas\n");
        var slow = times with { UpstreamWait = WaitOfTarget };
        Table(text, "targets", Targets, [("1 Redis", targets => Sized(slow, new Layout { Replicas = ReplicasOfTargets, Tenants = 1_000, Targets = targets, RequestsOfTarget = RequestsOfTarget, Connections = 0 }))], slow);
        return text.ToString();
    }

    private static void Table(StringBuilder text, string what, int[] values, IEnumerable<(string Name, Func<int, Layout> LayoutOf)> columns, ServiceTimes times)
    {
        var all = columns.ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {string.Join(" | ", all.Select(column => $"{column.Name}: requests/s | saturated"))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(Enumerable.Repeat("---|---|", all.Count))}");
        foreach (var value in values)
        {
            var cells = all.Select(column => GatewayModel.Predict(times, column.LayoutOf(value), warmUp: 4 * times.UpstreamWait, seconds: 4 * times.UpstreamWait))
                .Select(prediction => string.Create(CultureInfo.InvariantCulture, $"{prediction.RequestsPerSecond:N0} | {prediction.Bottleneck} {prediction.Utilization[prediction.Bottleneck]:0 %}"));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {value:N0} | {string.Join(" | ", cells)} |");
        }

        text.AppendLine();
    }

    // One and a half times as many callers as the first bottleneck keeps busy, so that it is one.
    private static Layout Sized(ServiceTimes times, Layout layout)
    {
        var rate = Bounds.Of(times, layout).Min(bound => bound.RequestsPerSecond);
        return layout with { Connections = Math.Max(FewestConnections * layout.Replicas, (int)(1.5 * rate * (times.UpstreamWait + times.RoundTrip))) };
    }
}
