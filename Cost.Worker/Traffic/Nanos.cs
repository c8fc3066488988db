using System.Numerics;

namespace Cost.Worker.Traffic;

/// <summary>Money in nano-dollars, as sums of it are kept.</summary>
internal readonly record struct Nanos(Int128 Value) : IAdditionOperators<Nanos, Nanos, Nanos>
{
    private const decimal PerUsd = 1_000_000_000m;

    public decimal Usd => (decimal)Value / PerUsd;

    public static Nanos operator +(Nanos left, Nanos right) => new(left.Value + right.Value);
}
