namespace Gateway.Benchmarks.Scale;

/// <summary>CPU seconds a request of everybody involved.</summary>
internal sealed record Usage
{
    public required double Gateway { get; init; }

    public required double Balancer { get; init; }

    public required double Upstream { get; init; }

    public required double Redis { get; init; }

    /// <summary>Of Redis's seconds, those that the scripts of the limits take, by its own count.</summary>
    public required double Scripts { get; init; }

    /// <summary>The limits' messages to Redis.</summary>
    public required double Messages { get; init; }

    /// <summary>The cost worker and the telemetry sink.</summary>
    public required double Background { get; init; }

    public required double Client { get; init; }

    public double Total => Gateway + Balancer + Upstream + Redis + Background + Client;

    /// <summary>What of them came after <paramref name="before"/>, in parts of <paramref name="requests"/>.</summary>
    public Usage Since(Usage before, long requests) => new()
    {
        Gateway = (Gateway - before.Gateway) / requests,
        Balancer = (Balancer - before.Balancer) / requests,
        Upstream = (Upstream - before.Upstream) / requests,
        Redis = (Redis - before.Redis) / requests,
        Scripts = (Scripts - before.Scripts) / requests,
        Messages = (Messages - before.Messages) / requests,
        Background = (Background - before.Background) / requests,
        Client = (Client - before.Client) / requests,
    };
}
