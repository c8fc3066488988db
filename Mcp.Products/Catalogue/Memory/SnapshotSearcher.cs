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

    /// <summary>In order: the words, the filters, the page, the facets.</summary>
    public CataloguePage Search(CatalogueSearch search)
    {
        var scratch = _scratches.TryTake(out var used) ? used : new Scratch(snapshot);
        var text = Find(search, scratch);
        var count = Math.Clamp(scratch.Count - search.Offset, 0, search.Limit);
        var page = count == 0 ? [] : text?.Pick(search.Offset, count) ?? FirstOf(scratch, search.Offset, count);
        var facets = scratch.Count == snapshot.Count ? Totals.Facets : new FacetCounter(snapshot, scratch).Count();
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

    private static int[] FirstOf(Scratch scratch, int offset, int count)
    {
        var page = new int[count];
        scratch.Bits.CopyTo(page, offset);
        return page;
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
            scratch.Bits.AddAll();
            scratch.TakeBits();
        }
        else
        {
            // A query of signs alone asks for something, if for nothing that there is.
            scratch.TakeList(0);
        }

        filters.Apply(scratch);
        return text;
    }
}
