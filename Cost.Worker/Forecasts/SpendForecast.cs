using Cost.Worker.Ledger;
using Cost.Worker.Reports;

namespace Cost.Worker.Forecasts;

/// <summary>A forecast of spend in groups, in the order of their names, and of all together.</summary>
/// <param name="At">The moment up to which spend was known.</param>
/// <param name="Total">Null where there is no whole day of usage yet.</param>
/// <param name="LeftOut">How many groups have no forecast of their own, because they are new today or there are too many; they are in the total.</param>
internal sealed record SpendForecast(DateTimeOffset At, IReadOnlyList<Dimension> By, IReadOnlyList<SeriesForecast> Series, SeriesForecast? Total, int LeftOut, LedgerNotes Notes);
