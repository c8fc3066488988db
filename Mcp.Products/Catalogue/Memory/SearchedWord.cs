namespace Mcp.Products.Catalogue.Memory;

/// <summary>A word of a query with the terms that stand for it, those that say most first.</summary>
internal sealed class SearchedWord(Snapshot snapshot, string written)
{
    private readonly List<(int Term, float Weight)> _terms = [];
    private float _most;

    public string Written => written;

    public IReadOnlyList<(int Term, float Weight)> Terms => _terms;

    /// <summary>How many postings there are to look through.</summary>
    public long Cost { get; private set; }

    /// <summary>A rare term that stands for the word says no more than the first one does.</summary>
    public void Add(int term, float share)
    {
        foreach (var (known, _) in _terms)
        {
            if (known == term)
            {
                return;
            }
        }

        var weight = snapshot.Postings.Weight(term) / Postings.FullImpact;
        _most = _terms.Count == 0 ? weight : _most;
        _terms.Add((term, share * Math.Min(weight, _most)));
        Cost += snapshot.Postings.Count(term);
    }
}
