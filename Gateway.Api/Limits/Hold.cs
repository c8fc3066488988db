using Gateway.Api.Limits.Shared;

namespace Gateway.Api.Limits;

/// <summary>What a request takes of one group's limits until it has ended: at most so many tokens and so much money. Or what a lease takes for many.</summary>
internal sealed class Hold(ScopeGroup group, long tokens, long? nanoUsd)
{
    // Made for those only who have to wait.
    private TaskCompletionSource<Verdict> Waiting => field ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScopeGroup Group => group;

    public long Tokens => tokens;

    /// <summary>0 as well where the price is not known.</summary>
    public long NanoUsd { get; } = nanoUsd ?? 0;

    public bool PriceIsKnown { get; } = nanoUsd is not null;

    /// <summary>How many requests it is for: more than one is a lease.</summary>
    public long Requests { get; init; } = 1;

    /// <summary>How many of them may be under way at once.</summary>
    public long Slots { get; init; } = 1;

    public bool IsLease => Requests > 1;

    /// <summary>When it was taken.</summary>
    public Moment At { get; set; }

    /// <summary>How Redis knows it; null where Redis was never asked for it alone.</summary>
    public byte[]? Member { get; set; }

    /// <summary>The lease that it is a part of; null where it is none, or the lease has ended.</summary>
    public Lease? Lease { get; set; }

    /// <summary>Whether this process alone decided, because Redis was not there.</summary>
    public bool IsLocal { get; set; }

    public Task<Verdict> Decided => Waiting.Task;

    /// <summary>False where it was decided before.</summary>
    public bool TryDecide(in Verdict verdict) => Waiting.TrySetResult(verdict);
}
