namespace Cost.Worker.Traffic;

/// <param name="Tenant">Null for all together.</param>
/// <param name="LastUsd">Spent in the last sixty minutes.</param>
/// <param name="BeforeUsd">Spent in each of the hours before, the latest first.</param>
internal sealed record SpendHours(string? Tenant, decimal LastUsd, IReadOnlyList<decimal> BeforeUsd);
