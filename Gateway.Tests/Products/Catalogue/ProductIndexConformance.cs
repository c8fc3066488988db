using System.Text.Json;
using Mcp.Products.Catalogue;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>What every index of products does.</summary>
public abstract class ProductIndexConformance
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An index of the test's own, with nothing in it.</summary>
    private protected abstract Task<IProductIndex> StartAsync();

    /// <summary>An index with <see cref="Goods.All"/> in it, which no test changes.</summary>
    private protected virtual Task<IProductIndex> FilledAsync() => FillAsync();

    [Fact]
    [Trait("Requirement", "G2.2")]
    public async Task Products_come_back_as_they_went_in()
    {
        var index = await FilledAsync();

        var found = await index.FindAsync([.. Goods.All.Select(product => product.Id)], Token);
        var listed = await index.ListAsync(Token).ToListAsync(Token);

        found.Select(Json).ShouldBe(Goods.All.Select(Json));
        listed.Select(Json).ShouldBe(Goods.All.Select(Json));
    }

    [Fact]
    public async Task Ids_of_variants_find_their_product_and_unknown_ones_nothing()
    {
        var index = await FilledAsync();

        (await index.FindAsync(["sh-l", "nothing", "kb-1"], Token)).Select(product => product.Id).ShouldBe(["sh", "kb-1"]);
        (await index.NearIdsAsync("kb-9", Token)).ShouldBe(["kb-1", "kb-2", "kb-3"]);
        (await index.NearIdsAsync("KB-1", Token))[0].ShouldBe("kb-1");
        (await index.NearIdsAsync(new string('x', 5000), Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("wireless keyboard", "kb-1 kb-3")]
    [InlineData("WIRELESS Keyboards", "kb-1 kb-3")]
    [InlineData("keyboard for the office", "kb-2")]
    [InlineData("wireless keyb", "kb-1 kb-3")]
    [InlineData("mechanical", "kb-3")]
    [InlineData("bruckmann cafe", "kt-1")]
    [InlineData("1.7l kettle", "kt-1")]
    [InlineData("tenkeyless", "kb-1")]
    [InlineData("summer shirts", "sh")]
    [InlineData("kitchen harrow", "pn-1")]
    [InlineData("wireless unicorn", "")]
    [InlineData("!!!", "")]
    public async Task Words_find_products_that_have_all_of_them(string query, string ids) =>
        (await IdsAsync(new CatalogueSearch { Query = query })).Order().ShouldBe(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task A_word_in_the_title_says_more_than_one_in_the_description() =>
        (await IdsAsync(new CatalogueSearch { Query = "keyboard" })).ShouldSatisfyAllConditions(ids => ids.Count.ShouldBe(4), ids => ids[^1].ShouldBe("pn-1"));

    [Theory]
    [InlineData("wirless keyboard", "kb-1 kb-3", "wireless keyboard")]
    [InlineData("kettel", "kt-1", "kettle")]
    [InlineData("mecanical keybaord", "kb-3", "mechanical keyboard")]
    [InlineData("keyline slim wireless keyboard zzz", "kb-1", "keyline slim wireless keyboard")]
    public async Task Misspelt_words_are_corrected_and_the_correction_told(string query, string ids, string corrected)
    {
        var page = await SearchAsync(new CatalogueSearch { Query = query });

        page.Products.Select(product => product.Id).Order().ShouldBe(ids.Split(' '));
        page.CorrectedQuery.ShouldBe(corrected);
    }

    [Fact]
    public async Task A_search_for_unknown_words_does_not_find_what_the_one_before_it_did()
    {
        var index = await FilledAsync();
        await index.SearchAsync(new CatalogueSearch { Query = "wireless keyboard" }, Token);

        (await index.SearchAsync(new CatalogueSearch { Query = "unicorn" }, Token)).TotalCount.ShouldBe(0);
        (await index.SearchAsync(new CatalogueSearch { Query = "keyline slim wireless keyboard zzz" }, Token)).Products.Select(product => product.Id).ShouldBe(["kb-1"]);
    }

    [Fact]
    public async Task A_query_spelt_well_is_not_corrected() => (await SearchAsync(new CatalogueSearch { Query = "wireless keyboard" })).CorrectedQuery.ShouldBeNull();

    [Theory]
    [Trait("Requirement", "G2.3")]
    [InlineData("Electronics", "kb-1 kb-2 kb-3 ms-1")]
    [InlineData("electronics>keyboards", "kb-1 kb-2 kb-3")]
    [InlineData("Kitchen", "kt-1 pn-1")]
    [InlineData("Home > Kitchen > Pans", "pn-1")]
    [InlineData("Kit", "")]
    public async Task A_category_includes_what_is_below_it(string category, string ids) =>
        (await IdsAsync(new CatalogueSearch { Categories = [category] })).ShouldBe(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    [Trait("Requirement", "G2.3")]
    public async Task Of_a_filters_values_one_is_enough_and_every_filter_has_to_be_passed()
    {
        (await IdsAsync(new CatalogueSearch { Brands = ["norden", "Keyline"] })).ShouldBe(["kb-1", "kb-2", "kb-3", "ms-1"]);
        (await IdsAsync(new CatalogueSearch { Brands = ["norden", "keyline"], Categories = ["Keyboards"], Available = true })).ShouldBe(["kb-1", "kb-2"]);
        (await IdsAsync(new CatalogueSearch { Categories = ["Mice", "Pans"] })).ShouldBe(["ms-1", "pn-1"]);
        (await IdsAsync(new CatalogueSearch { Specifications = Specifications(("connection", ["wireless", "Bluetooth"]), ("Layout", ["full size"])) })).ShouldBe(["kb-3"]);
        (await IdsAsync(new CatalogueSearch { Query = "keyboard", Specifications = Specifications(("Connection", ["Wired"])) })).ShouldBe(["kb-2"]);
    }

    [Fact]
    [Trait("Requirement", "G2.3")]
    public async Task Prices_are_those_of_one_currency_and_their_bounds_belong_to_them()
    {
        (await IdsAsync(new CatalogueSearch { Price = new PriceFilter(2499, 3900, "USD") })).ShouldBe(["kb-2", "ms-1", "pn-1"]);
        (await IdsAsync(new CatalogueSearch { Price = new PriceFilter(null, null, "eur") })).ShouldBe(["kt-1"]);
        (await IdsAsync(new CatalogueSearch { Price = new PriceFilter(10000, null, "USD") })).ShouldBe(["kb-3"]);
        (await IdsAsync(new CatalogueSearch { Price = new PriceFilter(0, null, "JPY") })).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "G2.3")]
    public async Task In_stock_at_a_price_is_one_variant_that_is_both()
    {
        (await IdsAsync(new CatalogueSearch { Query = "shirt", Price = new PriceFilter(null, 5000, "USD") })).ShouldBe(["sh"]);
        (await IdsAsync(new CatalogueSearch { Query = "shirt", Price = new PriceFilter(null, 5000, "USD"), Available = true })).ShouldBeEmpty();
        (await IdsAsync(new CatalogueSearch { Query = "shirt", Price = new PriceFilter(5000, null, "USD"), Available = true })).ShouldBe(["sh"]);
        (await IdsAsync(new CatalogueSearch { Available = false })).ShouldBe(["kb-3"]);
    }

    [Fact]
    public async Task Facets_count_what_was_found()
    {
        var facets = (await SearchAsync(new CatalogueSearch { Query = "wireless" })).Facets;

        facets.Categories.ShouldBe([new FacetValue("Electronics", 3), new FacetValue("Electronics > Keyboards", 2), new FacetValue("Electronics > Mice", 1)]);
        facets.Brands.ShouldBe([new FacetValue("Norden", 2), new FacetValue("Keyline", 1)]);
        facets.Prices.ShouldBe([new PriceFacet(2500, 5000, "USD", 2), new PriceFacet(10000, 25000, "USD", 1)]);
        facets.Available.ShouldBe(2);
        facets.Specifications[0].Name.ShouldBe("Connection");
        facets.Specifications[0].Count.ShouldBe(3);
        facets.Specifications[0].Values.ShouldBe([new FacetValue("Wireless", 3)]);
        facets.Specifications[1].Values.ShouldBe([new FacetValue("Tenkeyless", 1), new FacetValue("Full size", 1)], ignoreOrder: true);
    }

    [Fact]
    public async Task Pages_are_parts_of_one_list()
    {
        var index = await FilledAsync();
        var ids = new List<string>();
        int? next = 0;
        while (next is { } offset)
        {
            var page = await index.SearchAsync(new CatalogueSearch { Query = "keyboard", Offset = offset, Limit = 2 }, Token);
            page.TotalCount.ShouldBe(4);
            ids.AddRange(page.Products.Select(product => product.Id));
            next = page.NextOffset;
        }

        ids.ShouldBe((await index.SearchAsync(new CatalogueSearch { Query = "keyboard" }, Token)).Products.Select(product => product.Id));
        ids.Distinct().Count().ShouldBe(4);
        (await index.SearchAsync(new CatalogueSearch { Offset = 1000 }, Token)).Products.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task Where_a_filter_leaves_nothing_the_searches_without_it_are_suggested()
    {
        var search = new CatalogueSearch { Query = "wireless keyboard", Price = new PriceFilter(null, 1000, "USD"), Brands = ["Norden"] };
        var page = await SearchAsync(search);

        page.Products.ShouldBeEmpty();
        var relaxed = page.Suggestions.ShouldHaveSingleItem();
        relaxed.ShouldBe(new CatalogueSuggestion(SuggestionKind.RelaxFilter, "price", 1, relaxed.Search));
        (await SearchAsync(relaxed.Search)).TotalCount.ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task Unknown_values_are_told_with_those_like_them()
    {
        var page = await SearchAsync(new CatalogueSearch
        {
            Categories = ["Keybords"],
            Brands = ["Nordn"],
            Specifications = Specifications(("Conection", ["Wired"]), ("Layout", ["Tenkeyles"])),
        });

        page.UnknownValues.Select(value => (value.Filter, value.Value, string.Join(',', value.Near))).ShouldBe(
        [
            ("categories", "Keybords", "Electronics > Keyboards"),
            ("brands", "Nordn", "Norden"),
            ("specifications", "Conection", "Connection"),
            ("specifications.Layout", "Tenkeyles", "Tenkeyless"),
        ]);
        var category = (await SearchAsync(new CatalogueSearch { Categories = ["Keybords"] })).Suggestions[0];
        (category.Kind, category.Value, category.Count).ShouldBe((SuggestionKind.Category, "Electronics > Keyboards", 3));
    }

    [Fact]
    [Trait("Requirement", "G2.4")]
    public async Task Where_words_find_nothing_fewer_of_them_or_whole_categories_are_suggested()
    {
        var fewer = (await SearchAsync(new CatalogueSearch { Query = "wireless unicorn" })).Suggestions.ShouldHaveSingleItem();
        (fewer.Kind, fewer.Value, fewer.Count).ShouldBe((SuggestionKind.Query, "wireless", 3));

        var categories = (await SearchAsync(new CatalogueSearch { Query = "unicorn" })).Suggestions;
        categories.Select(one => (one.Kind, one.Value, one.Count)).ShouldBe(
            [(SuggestionKind.Category, "Electronics", 4), (SuggestionKind.Category, "Home", 2), (SuggestionKind.Category, "Clothing", 1)]);
    }

    [Fact]
    public async Task Categories_and_brands_are_listed_with_their_counts()
    {
        var index = await FilledAsync();

        (await index.CategoriesAsync(Token)).ShouldBe(
        [
            new("Clothing", 1), new("Clothing > Shirts", 1), new("Electronics", 4), new("Electronics > Keyboards", 3), new("Electronics > Mice", 1),
            new("Home", 2), new("Home > Kitchen", 2), new("Home > Kitchen > Kettles", 1), new("Home > Kitchen > Pans", 1),
        ]);
        (await index.BrandsAsync("", Token)).Count.ShouldBe(4);
        (await index.BrandsAsync("n", Token)).ShouldBe([new("Norden", 2)]);
    }

    [Fact]
    public async Task A_long_query_is_cut_and_answered()
    {
        var page = await SearchAsync(new CatalogueSearch { Query = "keyboard " + string.Concat(Enumerable.Repeat("keyboard ", 12_000)) + "unicorn" });

        page.TotalCount.ShouldBe(4);
    }

    [Fact]
    public async Task Another_catalogue_has_another_version_and_takes_the_place_of_the_old_in_one_step()
    {
        var index = await FillAsync();
        var before = await index.VersionAsync(Token);
        (await index.SearchAsync(new CatalogueSearch(), Token)).Version.ShouldBe(before);
        var halfRead = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();

        var replacing = index.ReplaceAsync(Slowly(), Token);
        await halfRead.Task.WaitAsync(Token);
        (await index.SearchAsync(new CatalogueSearch(), Token)).TotalCount.ShouldBe(Goods.All.Count);
        goOn.SetResult();

        (await replacing).ShouldBe(2);
        (await index.VersionAsync(Token)).ShouldNotBe(before);
        (await index.SearchAsync(new CatalogueSearch(), Token)).Products.Select(product => product.Id).ShouldBe(["kb-1", "pn-1"]);

        async IAsyncEnumerable<Product> Slowly()
        {
            yield return Goods.Slim;
            halfRead.SetResult();
            await goOn.Task.WaitAsync(Token);
            yield return Goods.Pan;
        }
    }

    [Fact]
    public async Task A_catalogue_that_breaks_off_leaves_the_old_one()
    {
        var index = await FillAsync();

        await Should.ThrowAsync<InvalidDataException>(index.ReplaceAsync(Broken(), Token));

        (await index.SearchAsync(new CatalogueSearch(), Token)).TotalCount.ShouldBe(Goods.All.Count);

        static async IAsyncEnumerable<Product> Broken()
        {
            yield return Goods.Slim;
            await Task.Yield();
            throw new InvalidDataException("cut");
        }
    }

    private protected static Dictionary<string, IReadOnlyList<string>> Specifications(params (string Name, string[] Values)[] specifications) =>
        specifications.ToDictionary(one => one.Name, one => (IReadOnlyList<string>)one.Values);

    private protected async Task<IProductIndex> FillAsync()
    {
        var index = await StartAsync();
        await index.ReplaceAsync(Goods.All.ToAsyncEnumerable(), Token);
        return index;
    }

    private async Task<CataloguePage> SearchAsync(CatalogueSearch search) => await (await FilledAsync()).SearchAsync(search, Token);

    private async Task<IReadOnlyList<string>> IdsAsync(CatalogueSearch search) => [.. (await SearchAsync(search)).Products.Select(product => product.Id)];

    private static string Json(Product product) => JsonSerializer.Serialize(product, CatalogueJson.Default.Product);
}
