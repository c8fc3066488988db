namespace Mcp.Products.Catalogue;

/// <summary>The products, found by words and filters. It can be asked by any number of callers while the catalogue is replaced.</summary>
public interface IProductIndex : IAsyncDisposable
{
    /// <summary>The version before there was any catalogue.</summary>
    const string NoVersion = "none";

    /// <summary>Changes whenever the catalogue was replaced by another.</summary>
    ValueTask<string> VersionAsync(CancellationToken cancellationToken);

    ValueTask<CataloguePage> SearchAsync(CatalogueSearch search, CancellationToken cancellationToken);

    /// <summary>The products with these ids, in their order; ids of variants find their product; unknown ones are left out.</summary>
    ValueTask<IReadOnlyList<Product>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>A few ids that are spelt like one that is not there, the likest first.</summary>
    ValueTask<IReadOnlyList<string>> NearIdsAsync(string id, CancellationToken cancellationToken);

    /// <summary>All categories by their whole way, in alphabetical order, with the products in and below them.</summary>
    ValueTask<IReadOnlyList<FacetValue>> CategoriesAsync(CancellationToken cancellationToken);

    /// <summary>The brands that begin so, the commonest first; at most 100.</summary>
    ValueTask<IReadOnlyList<FacetValue>> BrandsAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>All products in the catalogue's order.</summary>
    IAsyncEnumerable<Product> ListAsync(CancellationToken cancellationToken);

    /// <summary>Puts other products in place of all there are, at once and only when all of them are taken in; returns how many.</summary>
    Task<int> ReplaceAsync(IAsyncEnumerable<Product> products, CancellationToken cancellationToken);
}
