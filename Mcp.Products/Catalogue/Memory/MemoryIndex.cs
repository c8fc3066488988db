using System.Runtime.CompilerServices;
using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>The catalogue in this process. A new one is built beside the one that is asked, and put in its place in one step.</summary>
internal sealed class MemoryIndex : IProductIndex
{
    private const int MostNearIds = 5;
    private const int MostBrands = 100;

    private volatile SnapshotSearcher _current = Empty();

    public ValueTask<string> VersionAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_current.Snapshot.Version);

    public async ValueTask<CataloguePage> SearchAsync(CatalogueSearch search, CancellationToken cancellationToken)
    {
        var searcher = _current;
        var page = searcher.Search(search);
        return page.TotalCount > 0
            ? page
            : page with
            {
                Suggestions = await new Suggestions(search, other => ValueTask.FromResult(searcher.Count(other)))
                    .MakeAsync(page.UnknownValues, () => ValueTask.FromResult(searcher.Totals.Categories)),
            };
    }

    public ValueTask<IReadOnlyList<Product>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var snapshot = _current.Snapshot;
        var products = new List<Product>(ids.Count);
        foreach (var id in ids)
        {
            foreach (var number in snapshot.Ids.Find(id))
            {
                var product = snapshot.Product(number);
                if (product.Id == id || product.Variants.Any(variant => variant.Id == id))
                {
                    products.Add(product);
                    break;
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<Product>>(products);
    }

    public ValueTask<IReadOnlyList<string>> NearIdsAsync(string id, CancellationToken cancellationToken)
    {
        var snapshot = _current.Snapshot;
        var tolerance = NearIds.Tolerance(id);
        var near = new PriorityQueue<string, (int, int)>();
        for (var number = 0; number < snapshot.Count; number++)
        {
            var candidate = snapshot.IdOf(number);
            var distance = NearIds.Distance(id, candidate, tolerance);
            if (distance <= tolerance)
            {
                near.Enqueue(candidate, (-distance, -number));
                if (near.Count > MostNearIds)
                {
                    near.Dequeue();
                }
            }
        }

        var ids = new string[near.Count];
        for (var i = ids.Length - 1; i >= 0; i--)
        {
            ids[i] = near.Dequeue();
        }

        return ValueTask.FromResult<IReadOnlyList<string>>(ids);
    }

    public ValueTask<IReadOnlyList<FacetValue>> CategoriesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_current.Totals.Categories);

    public ValueTask<IReadOnlyList<FacetValue>> BrandsAsync(string prefix, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<FacetValue>>([.. _current.Totals.Brands.Where(brand => brand.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(MostBrands)]);

    public async IAsyncEnumerable<Product> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var snapshot = _current.Snapshot;
        for (var number = 0; number < snapshot.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return snapshot.Product(number);
        }
    }

    public async Task<int> ReplaceAsync(IAsyncEnumerable<Product> products, CancellationToken cancellationToken)
    {
        using var builder = new SnapshotBuilder();
        await foreach (var product in products.WithCancellation(cancellationToken))
        {
            builder.Add(product);
        }

        var snapshot = builder.Build();
        _current = new SnapshotSearcher(snapshot);
        return snapshot.Count;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static SnapshotSearcher Empty()
    {
        using var builder = new SnapshotBuilder();
        return new SnapshotSearcher(builder.Build());
    }
}
