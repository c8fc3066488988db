namespace Local.Model.Tokens;

/// <summary>FNV-1a: the same in every process, which string.GetHashCode is not.</summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(ReadOnlySpan<char> text, long seed = 0)
    {
        var hash = Offset ^ (ulong)seed * Prime;
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        // The low bits of FNV-1a are weak for short texts, and they are the ones a remainder looks at.
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        return hash ^ (hash >> 33);
    }

    /// <summary>A number from 0 up to 1.</summary>
    public static double Fraction(ReadOnlySpan<char> text, long seed = 0) => (Of(text, seed) >> 11) / (double)(1UL << 53);
}
