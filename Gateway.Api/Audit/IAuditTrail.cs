namespace Gateway.Api.Audit;

/// <summary>Where entries are kept to be looked at: Redis for replicas, else a file. The last 10,000 of them.</summary>
/// <exception cref="IOException">From each call: it cannot be reached or written.</exception>
internal interface IAuditTrail
{
    const int Capacity = 10_000;

    Task AppendAsync(AuditEntry entry);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAllAsync(CancellationToken cancellationToken);
}
