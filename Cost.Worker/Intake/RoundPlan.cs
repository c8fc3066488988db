using Cost.Worker.Ledger;

namespace Cost.Worker.Intake;

/// <summary>What becomes of the batches of one round.</summary>
/// <param name="Batches">What is new to the ledger.</param>
/// <param name="Aside">What cannot be read.</param>
/// <param name="Acknowledged">Journal → how far it is kept once the batches are.</param>
internal sealed record RoundPlan(IReadOnlyList<LedgerBatch> Batches, IReadOnlyList<AsideText> Aside, IReadOnlyDictionary<string, long> Acknowledged);
