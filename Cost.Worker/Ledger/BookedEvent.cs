using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger;

/// <summary>An event as it is booked, and what it said itself where that cannot be.</summary>
internal sealed record BookedEvent(UsageEvent Event, UsageClaim? Claimed = null);
