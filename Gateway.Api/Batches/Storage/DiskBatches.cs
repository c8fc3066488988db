using System.Collections.Concurrent;
using Gateway.Api.Configuration;
using Gateway.Api.Files;

namespace Gateway.Api.Batches.Storage;

/// <summary>
/// Keeps batches below <c>Data:Directory</c>, for one process; in a temporary folder that ends with it where none is configured. Each has a folder,
/// <c>batches/batch_…</c>, with what is known of it, written beside the old and moved over it, and a log of what came of its lines.
/// </summary>
internal sealed class DiskBatches : IBatchStore, IDisposable
{
    private readonly LiveConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly DirectoryInfo? _temporary;
    private readonly string _folder;
    private readonly FirstLook<ConcurrentDictionary<BatchName, BatchFolder>> _batches;

    public DiskBatches(IConfiguration settings, LiveConfiguration configuration, TimeProvider time)
    {
        (_configuration, _time) = (configuration, time);
        var directory = settings["Data:Directory"];
        _temporary = string.IsNullOrEmpty(directory) ? Directory.CreateTempSubdirectory("gateway-batches-") : null;
        _folder = _temporary?.FullName ?? Path.Combine(directory!, "batches");
        _batches = new(ReadAll);
    }

    public Task AddAsync(StoredBatch batch, CancellationToken cancellationToken)
    {
        DeleteOld();
        _batches.Value[batch.Name] = BatchFolder.Create(Path.Combine(_folder, batch.Id), batch);
        return Task.CompletedTask;
    }

    public Task<StoredBatch?> FindAsync(BatchName name, CancellationToken cancellationToken) => Task.FromResult(Find(name)?.Current);

    public Task<IReadOnlyList<StoredBatch>> ListAsync(string tenant, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredBatch>>([.. InOrder().Where(batch => batch.Tenant == tenant)]);

    public Task<IReadOnlyList<StoredBatch>> ListAllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredBatch>>([.. InOrder()]);

    public Task<bool> TryChangeAsync(StoredBatch changed, CancellationToken cancellationToken) => Task.FromResult(Find(changed.Name)?.TryChange(changed) == true);

    public Task<IReadOnlyList<BatchName>> ListOpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BatchName>>([.. InOrder().Where(batch => !batch.HasEnded).Select(batch => batch.Name)]);

    public Task<BatchLease?> TryLeaseAsync(BatchName name, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.FromResult(Find(name)?.TryLease(_time.GetUtcNow(), until) is { } fence ? new BatchLease(name, fence) : (BatchLease?)null);

    public Task<StoredBatch?> RenewAsync(BatchLease lease, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.FromResult(Find(lease.Batch) is { } folder && folder.TryRenew(lease.Fence, until) ? folder.Current : null);

    public Task ReleaseAsync(BatchLease lease, CancellationToken cancellationToken) => RenewAsync(lease, default, cancellationToken);

    public Task<bool> AddResultAsync(BatchLease lease, int line, BatchResult result, CancellationToken cancellationToken) =>
        Task.FromResult(Find(lease.Batch)?.TryAdd(lease.Fence, line, result) == true);

    public Task<IReadOnlySet<int>> ListDoneAsync(BatchName name, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<int>>(Find(name)?.Done.ToHashSet() ?? []);

    public Task<IReadOnlyList<BatchResult?>> ReadResultsAsync(BatchName name, int first, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BatchResult?>>([.. Enumerable.Range(first, count).Select(line => Find(name)?.Read(line))]);

    public void Dispose()
    {
        foreach (var folder in _batches.IfRead?.Values ?? [])
        {
            folder.Dispose();
        }

        _temporary?.Delete(recursive: true);
    }

    private BatchFolder? Find(BatchName name) => _batches.Value.GetValueOrDefault(name);

    private IEnumerable<StoredBatch> InOrder() =>
        _batches.Value.Values.Select(folder => folder.Current).OrderBy(batch => batch.CreatedAt).ThenBy(batch => batch.Id, StringComparer.Ordinal);

    private void DeleteOld()
    {
        var oldest = _time.GetUtcNow() - _configuration.Current.Batches.Lifetime;
        foreach (var (name, folder) in _batches.Value.Where(batch => batch.Value.Current is { HasEnded: true, EndedAt: var ended } && ended < oldest))
        {
            _batches.Value.TryRemove(name, out _);
            folder.Delete();
        }
    }

    private ConcurrentDictionary<BatchName, BatchFolder> ReadAll()
    {
        Directory.CreateDirectory(_folder);
        var folders = Directory.EnumerateDirectories(_folder).Select(BatchFolder.TryOpen).OfType<BatchFolder>();
        return new(folders.ToDictionary(folder => folder.Current.Name));
    }
}
