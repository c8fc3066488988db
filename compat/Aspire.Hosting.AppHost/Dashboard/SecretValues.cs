using System.Collections.Immutable;

namespace Aspire.Hosting.Dashboard;

/// <summary>The secrets that this run has met, so that nothing that leaves for a screen carries one.</summary>
internal sealed class SecretValues
{
    private const string Masked = "********";

    private ImmutableSortedSet<string> _values = ImmutableSortedSet<string>.Empty.WithComparer(Comparer<string>.Create(LongestFirst));

    public void Add(string? secret)
    {
        if (!string.IsNullOrEmpty(secret))
        {
            // As part of a URI it looks different.
            ImmutableInterlocked.Update(ref _values, static (values, secret) => values.Add(secret).Add(Uri.EscapeDataString(secret)), secret);
        }
    }

    public string Mask(string text) => _values.Aggregate(text, static (masked, secret) => masked.Replace(secret, Masked, StringComparison.Ordinal));

    // A secret may be the beginning of another one.
    private static int LongestFirst(string one, string other)
        => one.Length != other.Length ? other.Length.CompareTo(one.Length) : string.CompareOrdinal(one, other);
}
