using Cost.Worker.Ledger;

namespace Cost.Worker.Forecasts;

/// <summary>What a group spent on a day.</summary>
internal readonly record struct DaySpend(Int128 NanoUsd, Int128 Requests, Int128 UnknownCostRequests)
{
    private const double NanoPerUsd = 1e9;

    /// <summary>For the numbers of a forecast; unknown, not zero, where of no request the cost is known.</summary>
    public double Usd => Requests > 0 && UnknownCostRequests == Requests ? double.NaN : (double)NanoUsd / NanoPerUsd;

    public static DaySpend operator +(in DaySpend a, in DaySpend b) => new(a.NanoUsd + b.NanoUsd, a.Requests + b.Requests, a.UnknownCostRequests + b.UnknownCostRequests);

    public static DaySpend operator +(in DaySpend a, in UsageSums b) => new(a.NanoUsd + b.CostNanoUsd, a.Requests + b.Requests, a.UnknownCostRequests + b.UnknownCostRequests);
}
