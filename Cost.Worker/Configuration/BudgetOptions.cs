using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>How much may be spent.</summary>
internal sealed record BudgetOptions
{
    /// <summary>Whose spend it is; all tenants' where left out.</summary>
    public string? Tenant { get; init; }

    /// <summary>The model alias that it is for; all where left out.</summary>
    public string? Alias { get; init; }

    /// <summary>The id of the API key whose spend it is, with no other of these; any where left out.</summary>
    public string? Key { get; init; }

    /// <summary>The user whose spend it is, of one tenant where that is named too, and for all aliases; any where left out.</summary>
    public string? User { get; init; }

    /// <summary>US dollars in the period; 0.000001 to 1,000,000,000. Required.</summary>
    [Range(0.000001, 1_000_000_000)]
    public decimal Usd { get; init; }

    /// <summary><c>Day</c> or <c>Month</c> (the default), of the calendar, in UTC.</summary>
    public BudgetPeriod Period { get; init; } = BudgetPeriod.Month;
}
