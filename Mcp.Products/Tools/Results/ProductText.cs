using System.Globalization;
using System.Text;
using Mcp.Products.Catalogue;

namespace Mcp.Products.Tools.Results;

/// <summary>Products as a model reads them best: short, in words, with the id to ask further by.</summary>
internal static class ProductText
{
    private const int SpecificationsInLine = 4;
    private const int VariantsShown = 20;

    public static void AppendLine(StringBuilder text, Product product)
    {
        text.Append("- ").Append(product.Title);
        if (product.Brand is { } brand)
        {
            text.Append(" by ").Append(brand);
        }

        text.Append(": ").Append(PriceOf(product)).Append(", ").Append(AvailabilityOf(product));
        if (product.Rating is { } rating)
        {
            text.Append(", rated ").Append(RatingOf(rating));
        }

        AppendSpecifications(text, product, "; ", SpecificationsInLine);
        text.Append(" [id: ").Append(product.Id).Append("]\n");
    }

    public static string Describe(Product product)
    {
        var text = new StringBuilder(product.Title);
        text.Append("\nid: ").Append(product.Id);
        AppendField(text, "Brand", product.Brand);
        AppendField(text, "Price", PriceOf(product));
        AppendField(text, "Availability", AvailabilityOf(product));
        AppendField(text, "Categories", string.Join("; ", product.Categories.Select(category => category.Value)));
        AppendField(text, "Rating", product.Rating is { } rating ? RatingOf(rating) : null);
        AppendField(text, "Description", product.Description.Plain);
        foreach (var (name, value) in product.Metadata.Specifications)
        {
            AppendField(text, name, value);
        }

        AppendField(text, "Page", product.Url);
        AppendVariants(text, product);
        return text.ToString();
    }

    private static void AppendVariants(StringBuilder text, Product product)
    {
        if (product.Variants.Count < 2)
        {
            return;
        }

        text.Append("\nVariants:");
        foreach (var variant in product.Variants.Take(VariantsShown))
        {
            text.Append("\n- ").Append(variant.Title).Append(": ").Append(Money.Format(variant.Price)).Append(", ").Append(Words(variant.Availability.Status)).Append(" [id: ").Append(variant.Id).Append(']');
        }

        if (product.Variants.Count > VariantsShown)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- and {product.Variants.Count - VariantsShown} more");
        }
    }

    private static void AppendSpecifications(StringBuilder text, Product product, string separator, int most)
    {
        foreach (var (name, value) in product.Metadata.Specifications.Take(most))
        {
            text.Append(separator).Append(name).Append(": ").Append(value);
        }
    }

    private static void AppendField(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append('\n').Append(name).Append(": ").Append(value);
        }
    }

    private static string PriceOf(Product product)
    {
        var (min, max) = product.PriceRange;
        return min == max ? Money.Format(min) : $"{Money.Format(min)} to {Money.Format(max)}";
    }

    private static string AvailabilityOf(Product product) =>
        Words((product.Variants.FirstOrDefault(variant => variant.Availability.Available) ?? product.Variants[0]).Availability.Status);

    private static string RatingOf(Rating rating) =>
        string.Create(CultureInfo.InvariantCulture, $"{rating.Value:0.#} of {rating.ScaleMax:0.#}{(rating.Count is { } count ? $" by {count}" : "")}");

    private static string Words(string status) => status.Replace('_', ' ');
}
