using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>How much may be spent.</summary>
internal sealed record BudgetOptions
{
    /// <summary>Whose spend it is; all tenants' where left out.</summary>
    public string? Tenant { get; init; }

    /// <summary>The model alias that it is for; all where left out.</summary>
    public string? Alias { get; init; }

    /// <summary>US dollars in the period; 0.000001 to 1,000,000,000. Required.</summary>
    [Range(0.000001, 1_000_000_000)]
    public decimal Usd { get; init; }

    /// <summary><c>Day</c> or <c>Month</c> (the default), of the calendar, in UTC.</summary>
    public BudgetPeriod Period { get; init; } = BudgetPeriod.Month;
}
