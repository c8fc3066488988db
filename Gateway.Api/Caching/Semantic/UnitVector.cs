using System.Numerics;
using System.Runtime.InteropServices;

namespace Gateway.Api.Caching.Semantic;

/// <summary>Vectors of length 1, whose dot product is the cosine between them.</summary>
internal static class UnitVector
{
    /// <summary>Makes the vector one of length 1; false where it has none.</summary>
    public static bool TryNormalize(Span<float> vector)
    {
        var length = MathF.Sqrt(Dot(vector, vector));
        if (!float.IsFinite(length) || length == 0)
        {
            return false;
        }

        foreach (ref var part in vector)
        {
            part /= length;
        }

        return true;
    }

    /// <param name="a">As long as <paramref name="b"/>.</param>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            sums += left[i] * right[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = left.Length * Vector<float>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
