using System.Collections.Concurrent;
using Mcp.Products.Catalogue.Names;
using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Searches one <see cref="Memory.Snapshot"/>.</summary>
internal sealed class SnapshotSearcher(Snapshot snapshot)
{
    private readonly ConcurrentBag<Scratch> _scratches = [];

    public Snapshot Snapshot => snapshot;

    public Totals Totals { get; } = Totals.Of(snapshot);

    /// <summary>In order: the words, the filters, the facets, the page.</summary>
    public CataloguePage Search(CatalogueSearch search)
    {
        var scratch = _scratches.TryTake(out var used) ? used : new Scratch(snapshot);
        var text = Find(search, scratch);
        var facets = scratch.Count == snapshot.Count ? Totals.Facets : Facets(scratch);
        var page = TopProducts.Pick(scratch, text is not null, search.Offset, search.Limit);
        var result = new CataloguePage
        {
            Version = snapshot.Version,
            Products = Array.ConvertAll(page, snapshot.Product),
            TotalCount = scratch.Count,
            NextOffset = page.Length > 0 && search.Offset + page.Length < scratch.Count ? search.Offset + page.Length : null,
            Facets = facets,
            CorrectedQuery = page.Length > 0 ? text?.Corrected(page[0]) : null,
            UnknownValues = UnknownValues.Of(search, snapshot.Names),
        };

        // Not after an exception, which may leave marks in it.
        _scratches.Add(scratch);
        return result;
    }

    public int Count(CatalogueSearch search)
    {
        var scratch = _scratches.TryTake(out var used) ? used : new Scratch(snapshot);
        Find(search, scratch);
        var count = scratch.Count;
        _scratches.Add(scratch);
        return count;
    }

    private CatalogueFacets Facets(Scratch scratch)
    {
        var counter = new FacetCounter(snapshot, scratch);
        counter.Tally();
        return counter.TakeFacets();
    }

    private TextSearch? Find(CatalogueSearch search, Scratch scratch)
    {
        TextSearch? text = null;
        var filters = new Filters(snapshot, search);
        var words = QueryWords.Of(search.Query);
        if (words.Count > 0)
        {
            text = new TextSearch(snapshot, scratch, words);
            text.Run();
        }
        else if (string.IsNullOrWhiteSpace(search.Query))
        {
            filters.FindCandidates(scratch);
        }
        else
        {
            // A query of signs alone asks for something, if for nothing that there is.
            scratch.Count = 0;
        }

        filters.Apply(scratch);
        return text;
    }
}
