using Gateway.Api.Pipeline;

namespace Gateway.Api.Responses.Background;

/// <summary>A response that is made while nobody waits for it.</summary>
internal sealed class BackgroundRun(string tenant, TimeSpan lease) : IDisposable
{
    private const int BeatsInLease = 4;

    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<(byte[] Body, IHeaderDictionary Headers)> _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = ResponseIds.New();

    public string Tenant { get; } = tenant;

    /// <summary>How long the response counts as running after whoever runs it last said so.</summary>
    public TimeSpan Lease { get; } = lease;

    /// <summary>How often that is said, and looked whether the response was cancelled.</summary>
    public TimeSpan Heartbeat { get; } = lease / BeatsInLease < LongestHeartbeat ? lease / BeatsInLease : LongestHeartbeat;

    public CancellationToken Cancelled => _cancellation.Token;

    /// <summary>What the caller is told, once it is admitted and kept.</summary>
    public Task<(byte[] Body, IHeaderDictionary Headers)> Admitted => _admitted.Task;

    public bool IsAdmitted => _admitted.Task.IsCompletedSuccessfully;

    /// <summary>Why it was refused, or failed.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether its end is kept.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether the gateway is being stopped.</summary>
    public bool IsStopping { get; private set; }

    public void Admit(byte[] body, IHeaderDictionary headers) => _admitted.SetResult((body, headers));

    public void Refuse(Refusal refusal)
    {
        Refusal ??= refusal;
        if (!IsAdmitted)
        {
            Cancel();
        }
    }

    public void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    public void Stop()
    {
        IsStopping = true;
        Cancel();
    }

    public void Dispose() => _cancellation.Dispose();
}
