using Gateway.Api.Files;

namespace Gateway.Api.Batches.Storage;

/// <summary>Keeps batches and what came of their lines, and sees to it that one process at a time works on a batch.</summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> where the store cannot be reached.</remarks>
internal interface IBatchStore
{
    Task AddAsync(StoredBatch batch, CancellationToken cancellationToken);

    Task<StoredBatch?> FindAsync(BatchName name, CancellationToken cancellationToken);

    /// <summary>A tenant's batches, the oldest first.</summary>
    Task<IReadOnlyList<StoredBatch>> ListAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>The batches of all tenants, the oldest first.</summary>
    Task<IReadOnlyList<StoredBatch>> ListAllAsync(CancellationToken cancellationToken);

    /// <summary>Puts a batch in place of the version it was made from. False where there is another version by now. The results of one that has ended are forgotten.</summary>
    Task<bool> TryChangeAsync(StoredBatch changed, CancellationToken cancellationToken);

    /// <summary>The batches that have not ended, of all tenants, the oldest first.</summary>
    Task<IReadOnlyList<BatchName>> ListOpenAsync(CancellationToken cancellationToken);

    /// <summary>Takes a batch that has not ended and that nobody works on; else null.</summary>
    Task<BatchLease?> TryLeaseAsync(BatchName name, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Keeps a batch for longer, and says how it stands; null where it is another's.</summary>
    Task<StoredBatch?> RenewAsync(BatchLease lease, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Lets another process take the batch at once.</summary>
    Task ReleaseAsync(BatchLease lease, CancellationToken cancellationToken);

    /// <summary>Keeps and counts what came of a line, unless that is kept already. False, and nothing is kept, where the batch is another's.</summary>
    Task<bool> AddResultAsync(BatchLease lease, int line, BatchResult result, CancellationToken cancellationToken);

    /// <summary>The lines that have a result.</summary>
    Task<IReadOnlySet<int>> ListDoneAsync(BatchName name, CancellationToken cancellationToken);

    /// <summary>The results of some lines one after the other; null for a line that has none.</summary>
    Task<IReadOnlyList<BatchResult?>> ReadResultsAsync(BatchName name, int first, int count, CancellationToken cancellationToken);
}
