using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts.Gateways;

/// <summary>What is known of the gateway; what it said last where it does not answer.</summary>
/// <param name="DownSince">Since when it does not; null where it does, or is none to watch.</param>
/// <param name="Trouble">Why.</param>
/// <param name="JournalEvents">Usage events that wait in its journal; null where it does not tell.</param>
/// <param name="Budgets">By a name for each.</param>
internal sealed record GatewayView(
    DateTimeOffset? DownSince, string? Trouble, IReadOnlyList<TargetView> Targets, long? JournalEvents, IReadOnlyDictionary<string, BudgetOptions> Budgets)
{
    public static readonly GatewayView Nothing = new(null, null, [], null, new Dictionary<string, BudgetOptions>());
}
