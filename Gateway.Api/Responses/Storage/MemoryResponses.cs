using Gateway.Api.Configuration;

namespace Gateway.Api.Responses.Storage;

/// <summary>Keeps responses in this process, up to a number of bytes; the oldest go first.</summary>
internal sealed class MemoryResponses(LiveConfiguration configuration, TimeProvider time) : IResponseStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string Id), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _oldestFirst = [];
    private long _bytes;

    public bool IsAvailable => true;

    public Task SaveAsync(StoredResponse response, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Remove(response.Tenant, response.Id);
            Add(new Entry(response, time.GetUtcNow() + lifetime));
            while (_oldestFirst.First is { } oldest && (_bytes > configuration.Current.Responses.MemoryBytes || oldest.Value.ExpiresAt <= time.GetUtcNow()))
            {
                Remove(oldest.Value.Response.Tenant, oldest.Value.Response.Id);
            }
        }

        return Task.CompletedTask;
    }

    public Task<StoredResponse?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Find(tenant, id)?.Value.Response);
        }
    }

    public Task<bool> ReplaceRunningAsync(StoredResponse response, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Replace(response.Tenant, response.Id, _ => response));
        }
    }

    public Task<bool> ExtendAsync(string tenant, string id, DateTimeOffset runsUntil, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(Replace(tenant, id, running => running with { RunsUntil = runsUntil }));
        }
    }

    public Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var isThere = Find(tenant, id) is not null;
            Remove(tenant, id);
            return Task.FromResult(isThere);
        }
    }

    private LinkedListNode<Entry>? Find(string tenant, string id) =>
        _entries.TryGetValue((tenant, id), out var node) && node.Value.ExpiresAt > time.GetUtcNow() ? node : null;

    private bool Replace(string tenant, string id, Func<StoredResponse, StoredResponse> change)
    {
        if (Find(tenant, id) is not { Value.Response.IsRunning: true } node)
        {
            return false;
        }

        var (before, after) = (node.Value.Response, change(node.Value.Response));
        node.Value = node.Value with { Response = after };
        _bytes += after.Bytes - before.Bytes;
        return true;
    }

    private void Add(Entry entry)
    {
        _entries[(entry.Response.Tenant, entry.Response.Id)] = _oldestFirst.AddLast(entry);
        _bytes += entry.Response.Bytes;
    }

    private void Remove(string tenant, string id)
    {
        if (_entries.Remove((tenant, id), out var node))
        {
            _oldestFirst.Remove(node);
            _bytes -= node.Value.Response.Bytes;
        }
    }

    private sealed record Entry(StoredResponse Response, DateTimeOffset ExpiresAt);
}
