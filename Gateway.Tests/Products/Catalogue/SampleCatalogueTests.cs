using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Memory;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>How well the catalogue that ships is found, and whether what is found is exactly right.</summary>
public sealed class SampleCatalogueTests(SampleCatalogue sample) : IClassFixture<SampleCatalogue>
{
    private const int Letters = 26;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_is_whole()
    {
        sample.Faults.ShouldBeEmpty();
        sample.Products.Count.ShouldBeInRange(280, 320);
        sample.Products.Select(product => product.Categories[0].Value).Distinct().Count().ShouldBe(12);
    }

    [Fact]
    [Trait("Requirement", "G2.3")]
    public async Task Wireless_keyboards_below_60_dollars_are_in_stock()
    {
        var page = await sample.Index.SearchAsync(new CatalogueSearch { Query = "wireless keyboard", Price = new PriceFilter(null, 6000, "USD"), Available = true }, Token);

        page.TotalCount.ShouldBeGreaterThan(2);
        page.Products.ShouldAllBe(product => product.Categories[0].Value.EndsWith("Keyboards") && product.Metadata.Specifications["Connection"] == "Wireless" && product.PriceRange.Min.Amount <= 6000);
    }

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task Known_products_are_found_by_their_titles_also_with_an_error_in_them()
    {
        var random = new Random(7);
        var (clean, misspelt) = (0, 0);
        foreach (var product in sample.Products)
        {
            clean += await FindsAsync(product.Title, product) ? 1 : 0;
            misspelt += await FindsAsync(Misspell(product.Title, random), product) ? 1 : 0;
        }

        ((double)clean / sample.Products.Count).ShouldBeGreaterThanOrEqualTo(0.99);
        ((double)misspelt / sample.Products.Count).ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [Fact]
    [Trait("Requirement", "G2.3")]
    public async Task What_is_found_and_counted_is_what_looking_at_every_product_says()
    {
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var search = SearchOf(sample.Products[random.Next(sample.Products.Count)], random);
            var expected = NaiveSearch.Find(sample.Products, search);

            var page = await sample.Index.SearchAsync(search, Token);

            page.TotalCount.ShouldBe(expected.Count, search.ToString());
            page.Products.Select(product => product.Id).Order().ShouldBe(expected.Select(product => product.Id).Order(), search.ToString());
            page.Facets.Available.ShouldBe(expected.Count(product => product.Variants.Any(variant => variant.Availability.Available)));
            page.Facets.Prices.ToDictionary(price => (price.Min, price.Currency), price => price.Count).ShouldBe(NaiveSearch.Prices(expected), ignoreOrder: true);
            ShouldBeCommonest(page.Facets.Brands, NaiveSearch.Brands(expected));
            ShouldBeCommonest(page.Facets.Categories, NaiveSearch.Categories(expected));
            page.Facets.Specifications.Select(facet => facet.Count).ShouldBe(NaiveSearch.Specifications(expected, null).Values.OrderDescending().Take(CatalogueFacets.MostSpecifications));
            foreach (var facet in page.Facets.Specifications)
            {
                ShouldBeCommonest(facet.Values, NaiveSearch.Specifications(expected, facet.Name));
            }
        }
    }

    [Theory]
    [InlineData("black", null)]
    [InlineData("wireless", true)]
    [InlineData("wireless", false)]
    [InlineData("st", null)]
    [InlineData("black steel", null)]
    public async Task A_page_has_the_best_of_all_that_is_found(string query, bool? available)
    {
        var all = (await sample.Index.SearchAsync(new CatalogueSearch { Query = query, Available = available, Limit = sample.Products.Count }, Token)).Products;

        // Of a whole list every product is weighed; of a page only those that may be on it.
        for (var offset = 0; offset < all.Count; offset += 7)
        {
            var page = await sample.Index.SearchAsync(new CatalogueSearch { Query = query, Available = available, Offset = offset, Limit = 7 }, Token);
            page.Products.Select(product => product.Id).ShouldBe(all.Skip(offset).Take(7).Select(product => product.Id));
        }

        all.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Any_number_of_callers_ask_while_the_catalogue_is_replaced()
    {
        await using var index = new MemoryIndex();
        await index.ReplaceAsync(sample.Products.ToAsyncEnumerable(), Token);
        var replaced = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await index.ReplaceAsync((i % 2 == 0 ? sample.Products.Take(100) : sample.Products).ToAsyncEnumerable(), Token);
            }
        }, Token);
        var counts = new List<int>();
        while (!replaced.IsCompleted)
        {
            var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await index.SearchAsync(new CatalogueSearch { Categories = ["Electronics"], Limit = 100 }, Token), Token)));
            foreach (var page in pages)
            {
                page.Facets.Categories[0].ShouldBe(new FacetValue("Electronics", page.TotalCount));
                counts.Add(page.TotalCount);
            }
        }

        await replaced;
        counts.Distinct().Count().ShouldBeInRange(1, 2);
    }

    private async Task<bool> FindsAsync(string query, Product product) =>
        (await sample.Index.SearchAsync(new CatalogueSearch { Query = query }, Token)).Products.Any(one => one.Id == product.Id);

    // Filters that the product passes but for the price, now and then.
    private static CatalogueSearch SearchOf(Product product, Random random)
    {
        var steps = CategoryPath.Steps(product.Categories[0].Value).ToList();
        var specification = product.Metadata.Specifications.ElementAt(random.Next(product.Metadata.Specifications.Count));
        var words = product.Title.Split(' ');
        return new CatalogueSearch
        {
            Query = random.Next(3) == 0 ? null : words[random.Next(words.Length)].Trim(','),
            Brands = random.Next(3) == 0 ? [product.Brand!, "Norden"] : [],
            Categories = random.Next(2) == 0 ? [steps[random.Next(steps.Count)]] : [],
            Price = random.Next(3) == 0 ? new PriceFilter(random.Next(2) == 0 ? null : product.PriceRange.Min.Amount / 2, product.PriceRange.Max.Amount + random.Next(2000) - 200, "USD") : null,
            Available = random.Next(4) switch { 0 => true, 1 => false, _ => null },
            Specifications = random.Next(3) == 0 ? new Dictionary<string, IReadOnlyList<string>> { [specification.Key] = [specification.Value] } : new Dictionary<string, IReadOnlyList<string>>(),
            Limit = CatalogueSearch.MaxLimit * 10,
        };
    }

    private static void ShouldBeCommonest(IReadOnlyList<FacetValue> facets, Dictionary<string, int> counts)
    {
        facets.Count.ShouldBe(Math.Min(counts.Count, CatalogueFacets.MostValues));
        facets.ShouldAllBe(facet => counts[facet.Value] == facet.Count);
        facets.Select(facet => facet.Count).ShouldBe(counts.Values.OrderDescending().Take(facets.Count));
    }

    private static string Misspell(string title, Random random)
    {
        var words = title.Split(' ');
        var chosen = random.GetItems(Enumerable.Range(0, words.Length).Where(i => words[i].Trim(',').Length >= 4).ToArray(), 1)[0];
        var at = random.Next(words[chosen].Trim(',').Length - 1);
        words[chosen] = words[chosen].Remove(at, 1).Insert(at, ((char)('a' + random.Next(Letters))).ToString());
        return string.Join(' ', words);
    }
}
