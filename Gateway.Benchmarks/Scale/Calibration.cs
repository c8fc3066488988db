using Gateway.Benchmarks.Scale.Model;

namespace Gateway.Benchmarks.Scale;

/// <summary>Makes service times of what was measured.</summary>
internal static class Calibration
{
    // By the profile (docs/performance.md): the share of the gateway's time before Redis is asked, and between its decision and the upstream.
    private const double AdmitShare = 0.35;
    private const double CallShare = 0.3;

    // A hold and its settlement.
    private const int ItemsOfRequest = 2;

    /// <param name="usage">At the load that is modelled.</param>
    /// <param name="lone">With one connection, where hardly anything gathers: what tells a message's cost from that of what is in it.</param>
    public static ServiceTimes TimesOf(Usage usage, Usage lone)
    {
        var (message, item) = RedisTimesOf(usage, lone);
        return new ServiceTimes
        {
            Admit = AdmitShare * usage.Gateway,
            Call = CallShare * usage.Gateway,
            Reply = (1 - AdmitShare - CallShare) * usage.Gateway,
            RedisMessage = message,
            RedisItem = item,
            Upstream = usage.Upstream,
            Client = usage.Client,
            Balancer = usage.Balancer,
            Background = usage.Background,
        };
    }

    /// <summary>A line through two points: Redis's time for a message, by how much is in it. Both parts are at least 0, as noise may say otherwise.</summary>
    public static (double Message, double Item) RedisTimesOf(Usage usage, Usage lone)
    {
        var (items, itemsOfLone) = (ItemsOfRequest / usage.Messages, ItemsOfRequest / lone.Messages);
        var (seconds, secondsOfLone) = (usage.Redis / usage.Messages, lone.Redis / lone.Messages);
        var item = items - itemsOfLone > 0.1 ? (seconds - secondsOfLone) / (items - itemsOfLone) : seconds / (items + 1);
        item = Math.Clamp(item, 0, seconds / items);
        return (seconds - (item * items), item);
    }
}
