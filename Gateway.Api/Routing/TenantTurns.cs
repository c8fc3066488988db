namespace Gateway.Api.Routing;

/// <summary>Who waits, by tenant; each tenant is asked for one, then the next tenant.</summary>
internal sealed class TenantTurns
{
    private readonly Dictionary<string, Queue<TaskCompletionSource<bool>>> _byTenant = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();

    public bool IsEmpty => _turns.Count == 0;

    public void Add(string tenant, TaskCompletionSource<bool> waiter)
    {
        if (!_byTenant.TryGetValue(tenant, out var waiters))
        {
            waiters = _byTenant[tenant] = new Queue<TaskCompletionSource<bool>>();
            _turns.Enqueue(tenant);
        }

        waiters.Enqueue(waiter);
    }

    /// <summary>The one whose turn it is, who may have left meanwhile. Not to be asked where nobody waits.</summary>
    public TaskCompletionSource<bool> Take()
    {
        var tenant = _turns.Dequeue();
        var waiters = _byTenant[tenant];
        var waiter = waiters.Dequeue();
        if (waiters.Count > 0)
        {
            _turns.Enqueue(tenant);
        }
        else
        {
            _byTenant.Remove(tenant);
        }

        return waiter;
    }
}
