namespace Mcp.Products.Catalogue.Text;

/// <summary>Which text of a product is searched as which field.</summary>
internal static class SearchedText
{
    public static void Visit<T>(Product product, T state, Action<T, Field, string> visit)
    {
        visit(state, Field.Title, product.Title);
        if (product.Brand is { } brand)
        {
            visit(state, Field.Brand, brand);
        }

        foreach (var category in product.Categories)
        {
            visit(state, Field.Category, category.Value);
        }

        foreach (var tag in product.Tags)
        {
            visit(state, Field.Tags, tag);
        }

        foreach (var (name, value) in product.Metadata.Specifications)
        {
            // "Wireless: No" must not be found by "wireless", nor "Wireless: Yes" by "yes".
            if (!IsNo(value))
            {
                visit(state, Field.Names, name);
            }

            if (!IsYes(value) && !IsNo(value))
            {
                visit(state, Field.Values, value);
            }
        }

        foreach (var variant in product.Variants)
        {
            foreach (var option in variant.Options)
            {
                visit(state, Field.Values, option.Label);
            }
        }

        visit(state, Field.Description, product.Description.Plain);
    }

    private static bool IsYes(string value) => value.Equals("yes", StringComparison.OrdinalIgnoreCase) || value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static bool IsNo(string value) =>
        value.Equals("no", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase) || value.Equals("none", StringComparison.OrdinalIgnoreCase);
}
