namespace Gateway.Benchmarks.Scale.Model;

/// <summary>How many there are of everything.</summary>
internal sealed record Layout
{
    public int Replicas { get; init; } = 1;

    public int CoresOfReplica { get; init; } = 2;

    /// <summary>Redis servers; all keys of a tenant are on one of them.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Tenants, equally busy.</summary>
    public int Tenants { get; init; } = 10;

    /// <summary>When limits are leased; null where each request asks Redis.</summary>
    public LeaseTerms? Leases { get; init; } = new();

    /// <summary>Targets of the alias that is asked for, taken in turn.</summary>
    public int Targets { get; init; } = 1;

    /// <summary>How many requests a target answers at a time; null for as many as it is asked.</summary>
    public int? RequestsOfTarget { get; init; }

    /// <summary>Callers, each of which asks again as soon as it is answered.</summary>
    public required int Connections { get; init; }

    /// <summary>The cores of the one machine on which all of it runs; null where each replica, Redis server and target has its own.</summary>
    public int? SharedCores { get; init; }
}
