using Gateway.Benchmarks.Scale.Model;

namespace Gateway.Benchmarks.Scale;

/// <summary>Makes service times of what was measured.</summary>
internal static class Calibration
{
    // By the profile (docs/performance.md): the share of the gateway's time before Redis is asked, and between its decision and the upstream.
    private const double AdmitShare = 0.35;
    private const double CallShare = 0.3;

    // A hold and its settlement, where nothing is leased.
    private const int ItemsOfRequest = 2;

    // Loads whose messages are hardly fuller than each other's say nothing about what is in one.
    private const double Different = 0.5;

    /// <param name="usage">At the load that is modelled.</param>
    /// <param name="messages">What Redis takes for messages.</param>
    public static ServiceTimes TimesOf(Usage usage, (double Message, double Item) messages)
    {
        return new ServiceTimes
        {
            Admit = AdmitShare * usage.Gateway,
            Call = CallShare * usage.Gateway,
            Reply = (1 - AdmitShare - CallShare) * usage.Gateway,
            RedisMessage = messages.Message,
            RedisItem = messages.Item,
            Delivery = Math.Max(0, usage.Redis - usage.Scripts),
            Upstream = usage.Upstream,
            Client = usage.Client,
            Balancer = usage.Balancer,
            Background = usage.Background,
        };
    }

    /// <summary>A line through two points, both without leases: the script's time for a message, by how much is in it. Both parts are at least 0, as noise may say otherwise.</summary>
    /// <param name="usage">With many connections, whose requests gather.</param>
    /// <param name="lone">With one connection, where hardly anything gathers.</param>
    public static (double Message, double Item) RedisTimesOf(Usage usage, Usage lone)
    {
        var (items, itemsOfLone) = (ItemsOfRequest / usage.Messages, ItemsOfRequest / lone.Messages);
        var (seconds, secondsOfLone) = (usage.Scripts / usage.Messages, lone.Scripts / lone.Messages);
        var item = Math.Abs(items - itemsOfLone) > Different ? (seconds - secondsOfLone) / (items - itemsOfLone) : seconds / (items + 1);
        item = Math.Clamp(item, 0, seconds / items);
        return (seconds - (item * items), item);
    }
}
