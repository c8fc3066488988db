using System.Numerics;
using System.Runtime.InteropServices;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Which of a catalogue's products: a bit for each.</summary>
internal sealed class Bitmap(int count)
{
    private const int WordBits = 64;

    // Whole vectors, so that none of the loops has a rest.
    private readonly ulong[] _words = new ulong[(count + (WordBits * Vector<ulong>.Count) - 1) / (WordBits * Vector<ulong>.Count) * Vector<ulong>.Count];

    private Span<Vector<ulong>> Vectors => MemoryMarshal.Cast<ulong, Vector<ulong>>(_words.AsSpan());

    public bool this[int product] => (_words[product / WordBits] >> product & 1) != 0;

    public void Add(int product) => _words[product / WordBits] |= 1UL << product;

    public void Add(ReadOnlySpan<int> products)
    {
        foreach (var product in products)
        {
            Add(product);
        }
    }

    public void Add(Bitmap other)
    {
        var own = Vectors;
        var others = other.Vectors;
        for (var i = 0; i < own.Length; i++)
        {
            own[i] |= others[i];
        }
    }

    public void AddAll()
    {
        Array.Fill(_words, ulong.MaxValue, 0, count / WordBits);
        if (count % WordBits is > 0 and var rest)
        {
            _words[count / WordBits] = (1UL << rest) - 1;
        }
    }

    public void Remove(int product) => _words[product / WordBits] &= ~(1UL << product);

    public void Remove(Bitmap other)
    {
        var own = Vectors;
        var others = other.Vectors;
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = Vector.AndNot(own[i], others[i]);
        }
    }

    public void RemoveWhere(Predicate<int> isOut)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var rest = _words[i]; rest != 0; rest &= rest - 1)
            {
                var product = (i * WordBits) + BitOperations.TrailingZeroCount(rest);
                if (isOut(product))
                {
                    Remove(product);
                }
            }
        }
    }

    /// <summary>Keeps what is in the other one too.</summary>
    public void Keep(Bitmap other)
    {
        var own = Vectors;
        var others = other.Vectors;
        for (var i = 0; i < own.Length; i++)
        {
            own[i] &= others[i];
        }
    }

    public void Clear() => Array.Clear(_words);

    public void CopyFrom(Bitmap other) => other._words.CopyTo(_words, 0);

    public int Count()
    {
        var sum = 0;
        foreach (var word in _words)
        {
            sum += BitOperations.PopCount(word);
        }

        return sum;
    }

    /// <summary>How many are in both.</summary>
    public int CountWith(Bitmap other)
    {
        var own = _words.AsSpan();
        var others = other._words.AsSpan(0, own.Length);
        var sum = 0;

        // There are whole vectors of at least two words; two at a time keep the processor busy.
        for (var i = 0; i + 1 < own.Length; i += 2)
        {
            sum += BitOperations.PopCount(own[i] & others[i]) + BitOperations.PopCount(own[i + 1] & others[i + 1]);
        }

        return sum;
    }

    public int CountOf(ReadOnlySpan<int> products)
    {
        var sum = 0;
        foreach (var product in products)
        {
            sum += (int)(_words[product / WordBits] >> product & 1);
        }

        return sum;
    }

    /// <summary>Writes the products in order, without the first <paramref name="offset"/>, as many as there are or as there is room for.</summary>
    public int CopyTo(Span<int> products, int offset = 0)
    {
        var copied = 0;
        for (var i = 0; i < _words.Length && copied < products.Length; i++)
        {
            var inWord = BitOperations.PopCount(_words[i]);
            if (offset >= inWord)
            {
                offset -= inWord;
                continue;
            }

            for (var rest = _words[i]; rest != 0 && copied < products.Length; rest &= rest - 1)
            {
                if (offset > 0)
                {
                    offset--;
                    continue;
                }

                products[copied++] = (i * WordBits) + BitOperations.TrailingZeroCount(rest);
            }
        }

        return copied;
    }
}
