using Cost.Worker.Reports;

namespace Cost.Worker.Forecasts;

/// <summary>What the spend of one day is kept under.</summary>
internal readonly record struct DayOfGroup(GroupNames Names, DateOnly Day);
