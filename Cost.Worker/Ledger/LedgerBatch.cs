namespace Cost.Worker.Ledger;

/// <summary>The part of a batch that is new to the ledger: the numbers that it covers, and those of them that are events to keep.</summary>
internal sealed record LedgerBatch(string Journal, long First, long Last, IReadOnlyList<BookedEvent> Events);
