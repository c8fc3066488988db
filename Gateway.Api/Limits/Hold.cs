namespace Gateway.Api.Limits;

/// <summary>What a request takes of one group's limits until it has ended: at most so many tokens and so much money.</summary>
internal sealed class Hold(ScopeGroup group, long tokens, long? nanoUsd)
{
    private readonly TaskCompletionSource<Verdict> _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScopeGroup Group => group;

    public long Tokens => tokens;

    /// <summary>0 as well where the price is not known.</summary>
    public long NanoUsd { get; } = nanoUsd ?? 0;

    public bool PriceIsKnown { get; } = nanoUsd is not null;

    /// <summary>When it was taken.</summary>
    public Moment At { get; set; }

    /// <summary>How Redis knows it; null where Redis was never asked.</summary>
    public byte[]? Member { get; set; }

    /// <summary>Whether this process alone decided, because Redis was not there.</summary>
    public bool IsLocal { get; set; }

    public Task<Verdict> Decided => _verdict.Task;

    /// <summary>False where it was decided before.</summary>
    public bool TryDecide(in Verdict verdict) => _verdict.TrySetResult(verdict);
}
