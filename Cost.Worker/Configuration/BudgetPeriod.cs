namespace Cost.Worker.Configuration;

/// <summary>What a budget is for, in UTC.</summary>
internal enum BudgetPeriod
{
    Day,
    Month,
}
