namespace ServiceDefaults.Usage;

/// <summary>Where usage events wait in Redis. The keys share a hash tag, so that a cluster keeps them together.</summary>
public static class UsageTransport
{
    /// <summary>List of <see cref="UsageBatch"/>es: gateways push to the left, the cost worker takes from the right.</summary>
    public const string Waiting = "gateway:{usage}:waiting";

    /// <summary>List of the batches that the cost worker has taken and not yet kept.</summary>
    public const string Processing = "gateway:{usage}:processing";

    /// <summary>Hash, journal → the last sequence number that the ledger has kept, with all before it. A gateway drops from its journal what is kept.</summary>
    public const string Kept = "gateway:{usage}:kept";
}
