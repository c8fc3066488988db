using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Finds the terms that stand for a word: itself, what begins so where it is the last, and, where it is no word, what it may be a misspelling of.</summary>
internal sealed class WordExpansion(Snapshot snapshot)
{
    private const float WholeWord = 1;
    private const float Beginning = 0.6f;
    private const float OneError = 0.6f;
    private const float MoreErrors = 0.35f;
    private const int ShortestBeginning = 2;
    private const int MostBeginnings = 64;

    public SearchedWord Expand(QueryWord query, bool last, out bool isCorrected)
    {
        var word = new SearchedWord(snapshot, query.Written);
        if (snapshot.Terms.Find(query.Text) is >= 0 and var term)
        {
            word.Add(term, WholeWord);
        }

        if (last && query.Text.Length >= ShortestBeginning)
        {
            AddBeginnings(word, query.Text);
        }

        isCorrected = word.Terms.Count == 0;
        if (isCorrected)
        {
            AddCorrections(word, query);
        }

        return word;
    }

    /// <summary>Adds the terms that it may be a misspelling of.</summary>
    public void AddCorrections(SearchedWord word, QueryWord query)
    {
        AddCorrections(word, query.Text);

        // An s that was taken for a plural may be part of the word.
        if (query.Written != query.Text)
        {
            AddCorrections(word, query.Written);
        }
    }

    private void AddBeginnings(SearchedWord word, string text)
    {
        var (first, end) = snapshot.Terms.Beginning(text);
        if (end - first <= MostBeginnings)
        {
            for (var term = first; term < end; term++)
            {
                word.Add(term, Beginning);
            }

            return;
        }

        var commonest = new PriorityQueue<int, int>(MostBeginnings + 1);
        for (var term = first; term < end; term++)
        {
            var count = snapshot.Postings.Count(term);
            if (commonest.Count < MostBeginnings)
            {
                commonest.Enqueue(term, count);
            }
            else
            {
                commonest.EnqueueDequeue(term, count);
            }
        }

        foreach (var (term, _) in commonest.UnorderedItems)
        {
            word.Add(term, Beginning);
        }
    }

    private void AddCorrections(SearchedWord word, string text)
    {
        foreach (var (term, distance) in snapshot.Spelling.Near(text))
        {
            word.Add(term, distance == 1 ? OneError : MoreErrors);
        }
    }
}
