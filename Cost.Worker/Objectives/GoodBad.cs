using System.Numerics;

namespace Cost.Worker.Objectives;

/// <summary>How many requests counted, and how many of them were not good.</summary>
internal readonly record struct GoodBad(long Total, long Bad) : IAdditionOperators<GoodBad, GoodBad, GoodBad>
{
    public static GoodBad operator +(GoodBad left, GoodBad right) => new(left.Total + right.Total, left.Bad + right.Bad);
}
