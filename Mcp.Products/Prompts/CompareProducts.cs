using System.Text.Json;
using Mcp.Products.Catalogue;
using Mcp.Products.Resources;
using Mcp.Products.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Prompts;

/// <summary>The prompt <c>compare_products</c>: products that were named, or the best of a category or brand, and the question how they compare.</summary>
internal sealed class CompareProducts(IProductIndex index)
{
    public const string Name = "compare_products";
    public const string Category = "category";
    public const string Brand = "brand";

    private const string Ids = "ids";
    private const string Purpose = "purpose";
    private const int MostProducts = 10;
    private const int BestProducts = 4;
    private const int LongestArgument = 1000;

    private static readonly TimeSpan ListTimeToLive = TimeSpan.FromHours(1);

    public static ListPromptsResult List() => new()
    {
        Prompts =
        [
            new Prompt
            {
                Name = Name,
                Title = "Compare products",
                Description = "Puts products side by side and asks which suits best: those with the given ids, or the first of a category or brand.",
                Arguments =
                [
                    new PromptArgument { Name = Ids, Description = $"Ids of up to {MostProducts} products, with commas between them." },
                    new PromptArgument { Name = Category, Description = "A category, where no ids are given." },
                    new PromptArgument { Name = Brand, Description = "A brand, where no ids are given." },
                    new PromptArgument { Name = Purpose, Description = "What the product is for, or what matters." },
                ],
            },
        ],
        TimeToLive = ListTimeToLive,
        CacheScope = CacheScope.Public,
    };

    /// <exception cref="McpProtocolException">There is no such prompt, or its arguments name no products.</exception>
    public async ValueTask<GetPromptResult> GetAsync(GetPromptRequestParams request, CancellationToken cancellationToken)
    {
        if (request.Name != Name)
        {
            throw Invalid($"There is no prompt of this name. There is: {Name}.");
        }

        var products = await ProductsAsync(request.Arguments, cancellationToken);
        var purpose = TextOf(request.Arguments, Purpose);
        var question = $"Compare these {products.Count} products by price, availability and specifications in a table, say what each is best at, and recommend one"
            + (purpose is null ? "." : $" for this purpose: {purpose}.") + " Use only what is stated about them; prices are in the currency's smallest unit.";
        return new GetPromptResult
        {
            Description = $"Compares {string.Join(", ", products.Select(product => product.Title))}.",
            Messages = [.. products.Select(Show), new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = question } }],
        };
    }

    private async ValueTask<IReadOnlyList<Product>> ProductsAsync(IDictionary<string, JsonElement>? arguments, CancellationToken cancellationToken)
    {
        if (TextOf(arguments, Ids) is { } list)
        {
            return await FindAsync(list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), cancellationToken);
        }

        var (category, brand) = (TextOf(arguments, Category), TextOf(arguments, Brand));
        if (category is null && brand is null)
        {
            throw Invalid($"Give {Ids}, a {Category} or a {Brand}.");
        }

        var search = new CatalogueSearch { Categories = category is null ? [] : [category], Brands = brand is null ? [] : [brand], Limit = BestProducts };
        var page = await index.SearchAsync(search, cancellationToken);
        return page.Products.Count > 0 ? page.Products : throw Invalid(NothingFound(page));
    }

    private async ValueTask<IReadOnlyList<Product>> FindAsync(string[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length is 0 or > MostProducts)
        {
            throw Invalid($"{Ids} must name 1 to {MostProducts} products.");
        }

        var products = await index.FindAsync(ids, cancellationToken);
        if (ids.FirstOrDefault(id => !products.Any(product => ProductId.Names(product, id))) is { } missing)
        {
            var near = await index.NearIdsAsync(missing, cancellationToken);
            throw Invalid(near.Count == 0 ? $"There is no product '{missing}'." : $"There is no product '{missing}'. Try: {string.Join(", ", near)}.");
        }

        return products;
    }

    private static string NothingFound(CataloguePage page)
    {
        var near = page.UnknownValues.SelectMany(unknown => unknown.Near).ToList();
        return near.Count == 0 ? "No product is in that category and of that brand." : $"No product is in that category and of that brand. Try: {string.Join(", ", near)}.";
    }

    private static PromptMessage Show(Product product) =>
        new() { Role = Role.User, Content = new EmbeddedResourceBlock { Resource = ProductResources.ContentsOf(product, ProductResources.UriOf(product)) } };

    private static string? TextOf(IDictionary<string, JsonElement>? arguments, string name)
    {
        if (arguments?.TryGetValue(name, out var value) != true || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind != JsonValueKind.String || value.GetString()!.Length > LongestArgument
            ? throw Invalid($"{name} must be a string of at most {LongestArgument} characters.")
            : value.GetString() is { Length: > 0 } text ? text : null;
    }

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
