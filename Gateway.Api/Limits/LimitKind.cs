namespace Gateway.Api.Limits;

/// <summary>What is limited. The numbers are those of <see cref="Shared.LimitScript"/>.</summary>
internal enum LimitKind : byte
{
    None = 0,
    RequestsPerMinute = 1,
    RequestsPerDay = 2,
    TokensPerMinute = 3,
    ConcurrentRequests = 4,
    DailyBudget = 5,
    MonthlyBudget = 6,

    /// <summary>The budget cannot be looked up, and is to be kept all the same.</summary>
    BudgetUnavailable = 7,

    /// <summary>Too little is left of a limit for a lease. No request is refused for it.</summary>
    TooLittleToLease = 255,
}
