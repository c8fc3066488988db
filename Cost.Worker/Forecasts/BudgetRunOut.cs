namespace Cost.Worker.Forecasts;

/// <summary>On which day a period's budget is used up; null where that is not within the period.</summary>
/// <param name="Expected">By what is expected.</param>
/// <param name="Earliest">By the upper end of what is 90 % probable.</param>
/// <param name="Latest">By the lower end of it.</param>
internal sealed record BudgetRunOut(DateOnly? Expected, DateOnly? Earliest, DateOnly? Latest);
