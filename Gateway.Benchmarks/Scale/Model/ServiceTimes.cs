namespace Gateway.Benchmarks.Scale.Model;

/// <summary>What a request takes of everybody, in seconds; all but <see cref="UpstreamWait"/> and <see cref="RoundTrip"/> is time on a core.</summary>
internal sealed record ServiceTimes
{
    /// <summary>The gateway, from reading the request to asking Redis.</summary>
    public required double Admit { get; init; }

    /// <summary>The gateway, from the decision to asking the upstream.</summary>
    public required double Call { get; init; }

    /// <summary>The gateway, from the upstream's reply on, what it does afterwards included.</summary>
    public required double Reply { get; init; }

    /// <summary>Redis, for a message of the limits, however much is in it.</summary>
    public required double RedisMessage { get; init; }

    /// <summary>Redis, for each request to be decided or settled in a message.</summary>
    public required double RedisItem { get; init; }

    /// <summary>Redis, for a request's usage on its way to the ledger; all of it goes through one server, and nobody waits for it.</summary>
    public double Delivery { get; init; }

    /// <summary>The upstream, where it shares the machine.</summary>
    public double Upstream { get; init; }

    /// <summary>How long the upstream takes without using a core that anybody else could.</summary>
    public double UpstreamWait { get; init; }

    /// <summary>To Redis and back.</summary>
    public double RoundTrip { get; init; }

    /// <summary>The load generator, where it shares the machine.</summary>
    public double Client { get; init; }

    /// <summary>The load balancer, where it shares the machine.</summary>
    public double Balancer { get; init; }

    /// <summary>The cost worker and the telemetry sink, which nobody waits for, where they share the machine.</summary>
    public double Background { get; init; }

    public double Gateway => Admit + Call + Reply;
}
