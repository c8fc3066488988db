namespace Gateway.Benchmarks.Scale.Model;

/// <summary>What each kind of server can do at most, by its own time alone: no queue, no other server, messages to Redis as full as they get.</summary>
internal static class Bounds
{
    // A hold and its settlement.
    private const int ItemsOfRequest = 2;

    public static IEnumerable<(string Name, double RequestsPerSecond)> Of(ServiceTimes times, Layout layout)
    {
        yield return (GatewayModel.Replica, layout.Replicas * layout.CoresOfReplica / times.Gateway);
        yield return (GatewayModel.Redis, layout.Shards / (ItemsOfRequest * (times.RedisItem + (times.RedisMessage / Gathering.MostItems))));
        if (layout.RequestsOfTarget is { } atOnce)
        {
            yield return (GatewayModel.Target, layout.Targets * atOnce / times.UpstreamWait);
        }
    }
}
