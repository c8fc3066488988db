namespace Mcp.Products.Catalogue.Memory;

/// <summary>A word of a query with the terms that stand for it, those that say most first.</summary>
internal sealed class SearchedWord(Snapshot snapshot, string written)
{
    private readonly List<(int Term, float Weight)> _terms = [];

    public string Written => written;

    public IReadOnlyList<(int Term, float Weight)> Terms => _terms;

    /// <summary>How many postings there are to look through.</summary>
    public long Cost { get; private set; }

    public void Add(int term, float share)
    {
        foreach (var (known, _) in _terms)
        {
            if (known == term)
            {
                return;
            }
        }

        _terms.Add((term, share * snapshot.Postings.Weight(term) / Postings.FullImpact));
        Cost += snapshot.Postings.Count(term);
    }
}
