namespace Gateway.Tests.Fuzz.Generation;

/// <summary>SplitMix64 (https://prng.di.unimi.it/splitmix64.c): the same numbers for the same seed on every machine and in every version of .NET.</summary>
public sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var next = _state += 0x9E3779B97F4A7C15;
        next = (next ^ (next >> 30)) * 0xBF58476D1CE4E5B9;
        next = (next ^ (next >> 27)) * 0x94D049BB133111EB;
        return next ^ (next >> 31);
    }

    /// <summary>From 0 to one less than <paramref name="limit"/>; 0 where that is 0.</summary>
    public int Below(int limit) => limit <= 1 ? 0 : (int)(Next() % (ulong)limit);

    public bool OneIn(int chances) => Below(chances) == 0;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Short as a rule, seldom long.</summary>
    public int Length(int longest) => Below(Math.Min(longest, OneIn(8) ? longest : 16) + 1);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)Next();
        }

        return bytes;
    }
}
