namespace Mcp.Products.Catalogue.Memory;

/// <summary>
/// Finds the products that have all of a query's words where each word is common: as bitmaps, and with no more of them scored than it takes to
/// tell the best.
/// </summary>
internal sealed class CommonWords(Snapshot snapshot, Scratch scratch, IReadOnlyList<SearchedWord> words)
{
    // A word is common that stands for every so manieth product.
    private const int CommonFrom = 16;

    // A word in this many times more products than were found is looked up in them, not they in it.
    private const int LookUpRatio = 64;

    private const byte NoImpact = 0;

    public static bool Are(Snapshot snapshot, IReadOnlyList<SearchedWord> words) => words.All(word => word.Cost > snapshot.Count / CommonFrom);

    public void Find()
    {
        for (var i = 0; i < words.Count; i++)
        {
            var having = i == 0 ? scratch.Bits : scratch.Others;
            having.Clear();
            foreach (var (term, _) in words[i].Terms)
            {
                snapshot.Postings.AddTo(having, term);
            }

            if (i > 0)
            {
                scratch.Bits.Keep(having);
            }
        }

        scratch.TakeBits();
    }

    /// <summary>The best of what was found and has passed the filters.</summary>
    public int[] Pick(int offset, int count)
    {
        var best = new TopProducts(offset, count);
        if (words.Count == 1 && words[0].Cost < (long)LookUpRatio * scratch.Count)
        {
            OfferBest(words[0], best);
            return best.Take();
        }

        scratch.EnsureList();
        var found = scratch.Found.AsSpan(0, scratch.Count);
        foreach (var product in found)
        {
            scratch.Scores[product] = 0;
        }

        foreach (var word in words)
        {
            if (word.Cost < (long)LookUpRatio * scratch.Count)
            {
                Scan(word);
            }
            else
            {
                LookUp(word, found);
            }
        }

        foreach (var product in found)
        {
            best.Offer(product, scratch.Scores[product]);
        }

        return best.Take();
    }

    // Most impacts are too small to make one of the best, and are passed over many at a time.
    private void OfferBest(SearchedWord word, TopProducts best)
    {
        for (var i = 0; i < word.Terms.Count; i++)
        {
            var (term, weight) = word.Terms[i];
            var products = snapshot.Postings.Products(term);
            var impacts = snapshot.Postings.Impacts(term);
            var least = 1;
            for (var at = 0; ; at++)
            {
                // Of the first term equally good products follow in order, and are no better.
                while (least <= byte.MaxValue && (weight * least < best.Least || (i == 0 && weight * least == best.Least)))
                {
                    least++;
                }

                if (least > byte.MaxValue || impacts[at..].IndexOfAnyInRange((byte)least, byte.MaxValue) is not (>= 0 and var next))
                {
                    break;
                }

                at += next;
                if (scratch.Bits[products[at]] && !HasOneOf(word, i, products[at]))
                {
                    best.Offer(products[at], weight * impacts[at]);
                }
            }
        }
    }

    // A product's score is that of the first term that it has.
    private bool HasOneOf(SearchedWord word, int terms, int product)
    {
        for (var i = 0; i < terms; i++)
        {
            if (snapshot.Postings.Impact(word.Terms[i].Term, product) != NoImpact)
            {
                return true;
            }
        }

        return false;
    }

    private void Scan(SearchedWord word)
    {
        scratch.Others.CopyFrom(scratch.Bits);
        foreach (var (term, weight) in word.Terms)
        {
            var products = snapshot.Postings.Products(term);
            var impacts = snapshot.Postings.Impacts(term);
            for (var i = 0; i < products.Length; i++)
            {
                if (scratch.Others[products[i]])
                {
                    scratch.Others.Remove(products[i]);
                    scratch.Scores[products[i]] += weight * impacts[i];
                }
            }
        }
    }

    private void LookUp(SearchedWord word, ReadOnlySpan<int> found)
    {
        foreach (var product in found)
        {
            foreach (var (term, weight) in word.Terms)
            {
                if (snapshot.Postings.Impact(term, product) is not NoImpact and var impact)
                {
                    scratch.Scores[product] += weight * impact;
                    break;
                }
            }
        }
    }
}
