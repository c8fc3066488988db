namespace Gateway.Benchmarks.Scale.Model;

/// <summary>What each kind of server can do at most, by its own time alone: no queue, no other server, messages to Redis as full as they get.</summary>
internal static class Bounds
{
    // A lease spares nearly all messages: of a request hardly more than this is left.
    private const double Leases = 0.05;

    public static IEnumerable<(string Name, double RequestsPerSecond)> Of(ServiceTimes times, Layout layout)
    {
        yield return (GatewayModel.Replica, layout.Replicas * layout.CoresOfReplica / times.Gateway);
        yield return (GatewayModel.Redis, 1 / Math.Max(times.Delivery, Leases * (times.RedisItem + (times.RedisMessage / Gathering.MostItems)) / layout.Shards));
        if (layout.RequestsOfTarget is { } atOnce)
        {
            yield return (GatewayModel.Target, layout.Targets * atOnce / times.UpstreamWait);
        }
    }
}
