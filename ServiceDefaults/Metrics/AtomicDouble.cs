namespace ServiceDefaults.Metrics;

/// <summary>A sum of fractions that many threads add to.</summary>
internal struct AtomicDouble
{
    // Bits, since 0 and -0 are equal as numbers, and exchanged they are not.
    private long _bits;

    public readonly double Value => BitConverter.Int64BitsToDouble(Volatile.Read(in _bits));

    public void Set(double value) => Volatile.Write(ref _bits, BitConverter.DoubleToInt64Bits(value));

    public void Add(double value)
    {
        var seen = Volatile.Read(in _bits);
        while (true)
        {
            var sum = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(seen) + value);
            var found = Interlocked.CompareExchange(ref _bits, sum, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
