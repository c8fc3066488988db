using System.Globalization;
using System.Text.Json.Serialization;
using Gateway.Api.Limits;

namespace Gateway.Api.Endpoints.Budgets;

/// <summary>A budget as the admin API shows it; money in US dollars with nine places.</summary>
internal sealed record ShownBudget(
    string Id, string Scope, string Name, string? Key, string? User, string? Tenant, string? Alias, string? Tier, string Period, DateTimeOffset ResetsAt,
    string LimitUsd, string SpentUsd, string HeldUsd, double Share) : IListed
{
    private const decimal NanoPerUsd = 1_000_000_000m;

    [JsonPropertyOrder(-1)]
    public string Object { get; } = "budget";

    public static ShownBudget Of(Budget budget, DateTimeOffset now) => new(
        IdOf(budget), budget.Scope, budget.Name,
        budget.Scope == Budget.OfKey ? budget.Owner : null, budget.Scope == Budget.OfUser ? budget.Owner : null, budget.Tenant, budget.Scope == Budget.OfModel ? budget.Owner : null, budget.Tier,
        PeriodOf(budget), ResetOf(budget, Moment.Of(now)),
        Usd(budget.Limit), Usd(budget.Spent), Usd(budget.Held), Math.Round(budget.Share, 6));

    /// <summary>Users are their tenant's: two tenants may have one of the same name.</summary>
    public static string IdOf(Budget budget) => budget.Scope == Budget.OfUser
        ? $"{budget.Scope}:{Uri.EscapeDataString(budget.Tenant!)}:{Uri.EscapeDataString(budget.Owner)}:{PeriodOf(budget)}"
        : $"{budget.Scope}:{Uri.EscapeDataString(budget.Owner)}:{PeriodOf(budget)}";

    private static string PeriodOf(Budget budget) => budget.IsMonth ? "month" : "day";

    private static DateTimeOffset ResetOf(Budget budget, Moment now) => DateTimeOffset.FromUnixTimeMilliseconds(now.Milliseconds) + (budget.IsMonth ? now.UntilNextMonth : now.UntilTomorrow);

    private static string Usd(long nano) => (nano / NanoPerUsd).ToString("F9", CultureInfo.InvariantCulture);
}
