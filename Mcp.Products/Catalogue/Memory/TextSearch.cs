using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>
/// Finds the products that a query's words are in:
/// 1. those that have all of them, each as it is, as the beginning of a word where it is the last, or, where it is no word, corrected;
/// 2. where there are none, those that have the most of them, words that are known corrected too.
/// </summary>
internal sealed class TextSearch
{
    // A word in this many times more products than were found so far is looked up in them, not they in it.
    private const int LookUpRatio = 16;

    private readonly Snapshot _snapshot;
    private readonly Scratch _scratch;
    private readonly IReadOnlyList<QueryWord> _query;
    private readonly WordExpansion _expansion;
    private readonly SearchedWord[] _words;
    private CommonWords? _common;
    private bool _inexact;

    public TextSearch(Snapshot snapshot, Scratch scratch, IReadOnlyList<QueryWord> query)
    {
        _snapshot = snapshot;
        _scratch = scratch;
        _query = query;
        _expansion = new WordExpansion(snapshot);
        _words = new SearchedWord[query.Count];
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = _expansion.Expand(query[i], last: i == query.Count - 1, out var isCorrected);
            _inexact |= isCorrected;
        }

        _common = CommonWords.Are(snapshot, _words) ? new CommonWords(snapshot, scratch, _words) : null;
    }

    public void Run()
    {
        _scratch.TakeList(0);
        if (_common is not null)
        {
            _common.Find();
        }
        else if (_words.All(word => word.Terms.Count > 0))
        {
            FindAll();
        }

        if (_scratch.Count == 0)
        {
            (_inexact, _common) = (true, null);
            for (var i = 0; i < _words.Length; i++)
            {
                _expansion.AddCorrections(_words[i], _query[i]);
            }

            FindMost();
        }
    }

    /// <summary>The best of what was found and has passed the filters.</summary>
    public int[] Pick(int offset, int count)
    {
        if (_common is not null)
        {
            return _common.Pick(offset, count);
        }

        var best = new TopProducts(offset, count);
        foreach (var product in _scratch.Found.AsSpan(0, _scratch.Count))
        {
            best.Offer(product, _scratch.Scores[product]);
        }

        return best.Take();
    }

    /// <summary>The query as the best product has it, or null where it has every word as it was asked for.</summary>
    public string? Corrected(int best)
    {
        if (!_inexact)
        {
            return null;
        }

        var words = new List<string>(_words.Length);
        foreach (var word in _words)
        {
            foreach (var (term, _) in word.Terms)
            {
                if (_snapshot.Postings.Impact(term, best) > 0)
                {
                    words.Add(_snapshot.Terms.Words[term] == _query[Array.IndexOf(_words, word)].Text ? word.Written : _snapshot.Terms.Written(term));
                    break;
                }
            }
        }

        return string.Join(' ', words);
    }

    private void FindAll()
    {
        var ordered = _words.OrderBy(word => word.Cost).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            if (i == 0)
            {
                Begin(ordered[0]);
            }
            else if (ordered[i].Cost > (long)LookUpRatio * _scratch.Count)
            {
                LookUp(ordered[i], (byte)i);
            }
            else
            {
                Scan(ordered[i], (byte)i);
            }

            if (i > 0)
            {
                Narrow((byte)(i + 1));
            }
        }

        ClearLevels();
    }

    private void Begin(SearchedWord word)
    {
        var (levels, scores, found, count) = (_scratch.Levels, _scratch.Scores, _scratch.Found, 0);
        foreach (var (term, weight) in word.Terms)
        {
            var products = _snapshot.Postings.Products(term);
            var impacts = _snapshot.Postings.Impacts(term);
            for (var i = 0; i < products.Length; i++)
            {
                var product = products[i];
                if (levels[product] == 0)
                {
                    levels[product] = 1;
                    scores[product] = weight * impacts[i];
                    found[count++] = product;
                }
            }
        }

        _scratch.TakeList(count);
    }

    private void Scan(SearchedWord word, byte level)
    {
        var (levels, scores) = (_scratch.Levels, _scratch.Scores);
        foreach (var (term, weight) in word.Terms)
        {
            var products = _snapshot.Postings.Products(term);
            var impacts = _snapshot.Postings.Impacts(term);
            for (var i = 0; i < products.Length; i++)
            {
                var product = products[i];
                if (levels[product] == level)
                {
                    levels[product]++;
                    scores[product] += weight * impacts[i];
                }
            }
        }
    }

    private void LookUp(SearchedWord word, byte level)
    {
        var (levels, scores) = (_scratch.Levels, _scratch.Scores);
        foreach (var product in _scratch.Found.AsSpan(0, _scratch.Count))
        {
            foreach (var (term, weight) in word.Terms)
            {
                if (_snapshot.Postings.Products(term).BinarySearch(product) is >= 0 and var at)
                {
                    levels[product] = (byte)(level + 1);
                    scores[product] += weight * _snapshot.Postings.Impacts(term)[at];
                    break;
                }
            }
        }
    }

    private void Narrow(byte level)
    {
        var (levels, found, kept) = (_scratch.Levels, _scratch.Found, 0);
        for (var i = 0; i < _scratch.Count; i++)
        {
            var product = found[i];
            if (levels[product] == level)
            {
                found[kept++] = product;
            }
            else
            {
                levels[product] = 0;
            }
        }

        _scratch.TakeList(kept);
    }

    private void FindMost()
    {
        var (levels, seen, scores, found, count) = (_scratch.Levels, _scratch.Seen, _scratch.Scores, _scratch.Found, 0);
        var best = 0;
        for (var number = 0; number < _words.Length; number++)
        {
            foreach (var (term, weight) in _words[number].Terms)
            {
                var products = _snapshot.Postings.Products(term);
                var impacts = _snapshot.Postings.Impacts(term);
                for (var i = 0; i < products.Length; i++)
                {
                    var product = products[i];
                    if (seen[product] > number)
                    {
                        continue;
                    }

                    seen[product] = (byte)(number + 1);
                    if (levels[product]++ == 0)
                    {
                        found[count++] = product;
                        scores[product] = 0;
                    }

                    scores[product] += weight * impacts[i];
                    best = Math.Max(best, levels[product]);
                }
            }
        }

        _scratch.TakeList(count);
        foreach (var product in found.AsSpan(0, count))
        {
            seen[product] = 0;
        }

        Narrow((byte)Math.Max(best, QueryWords.Required(_words.Length)));
        ClearLevels();
    }

    private void ClearLevels()
    {
        foreach (var product in _scratch.Found.AsSpan(0, _scratch.Count))
        {
            _scratch.Levels[product] = 0;
        }
    }
}
