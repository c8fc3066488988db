using Cost.Worker.Ledger;

namespace Cost.Worker.Reports;

/// <summary>What a group is called in each of the dimensions that it was made by; two of the same names are equal.</summary>
internal readonly record struct GroupNames(string?[] Values)
{
    public static GroupNames Of(in RollUpRow row, IReadOnlyList<Dimension> by)
    {
        var names = new string?[by.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = by[i].Of(row);
        }

        return new GroupNames(names);
    }

    public static int Compare(IReadOnlyList<string?> a, IReadOnlyList<string?> b)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (string.CompareOrdinal(a[i], b[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }

    public bool Equals(GroupNames other) => Values.AsSpan().SequenceEqual(other.Values);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
