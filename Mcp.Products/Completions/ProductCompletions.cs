using Mcp.Products.Catalogue;
using Mcp.Products.Prompts;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Completions;

/// <summary>Goes on with what somebody types for a category or a brand; what begins so comes before what only holds a word that does.</summary>
internal sealed class ProductCompletions(IProductIndex index)
{
    /// <summary>As many as the protocol allows.</summary>
    private const int Most = 100;

    public async ValueTask<CompleteResult> CompleteAsync(CompleteRequestParams request, CancellationToken cancellationToken)
    {
        var values = (request.Ref, request.Argument.Name) switch
        {
            (PromptReference { Name: CompareProducts.Name }, CompareProducts.Category) => await CategoriesAsync(request.Argument.Value, cancellationToken),
            (PromptReference { Name: CompareProducts.Name }, CompareProducts.Brand) => [.. (await index.BrandsAsync(request.Argument.Value, cancellationToken)).Select(brand => brand.Value)],
            _ => [],
        };
        return new CompleteResult { Completion = new Completion { Values = [.. values.Take(Most)], Total = values.Count, HasMore = values.Count > Most } };
    }

    private async ValueTask<IReadOnlyList<string>> CategoriesAsync(string typed, CancellationToken cancellationToken)
    {
        var categories = await index.CategoriesAsync(cancellationToken);
        return [.. categories.Select(category => category.Value).Where(name => Holds(name, typed)).OrderBy(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1)];
    }

    private static bool Holds(string category, string typed) =>
        category.Split(Category.Separator).Any(step => step.Split(' ').Any(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) || step.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        || category.StartsWith(typed, StringComparison.OrdinalIgnoreCase);
}
