using Cost.Worker.Ledger;

namespace Cost.Worker.Forecasts;

/// <summary>Spend by group and day, as it was read from the ledger.</summary>
internal sealed record SpendDays(DateTimeOffset ReadAt, IReadOnlyDictionary<DayOfGroup, DaySpend> Days, LedgerNotes Notes);
