namespace Gateway.Api.Limits;

/// <summary>Where limits are counted: in this process for a gateway that runs alone, in Redis for replicas.</summary>
internal interface ILimitStore
{
    /// <summary>Takes the hold where all limits of its group allow it, or none of it.</summary>
    ValueTask<Verdict> HoldAsync(Hold hold);

    /// <summary>Gives a hold back and counts what was really used. Waits for nothing, fails never; called once for each hold that was admitted.</summary>
    void Settle(Hold hold, long tokens, long nanoUsd);

    /// <summary>What scopes have spent, in their order; null where that cannot be looked up at present. Changes nothing.</summary>
    Task<IReadOnlyList<ScopeSpend>?> ReadSpendAsync(IReadOnlyList<PlacedScope> scopes, CancellationToken cancellationToken);
}
