using Local.Model.Tokens;

namespace Local.Model.Answers;

/// <summary>Answers from product data in the prompt.</summary>
internal static class ProductReply
{
    private const int MostNamed = 3;

    public static string? Answer(Conversation conversation)
    {
        var products = conversation.Background.SelectMany(ProductFacts.In).Distinct().ToList();
        return products.Count == 0 ? null : Describe(products, conversation.Question);
    }

    public static string Describe(IReadOnlyList<Product> products, string question)
    {
        var asked = Words.Salient(question).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        var best = products
            .OrderByDescending(product => Words.In(product.Title).Count(word => asked.Contains(Words.Stem(word))))
            .Take(MostNamed)
            .Select(product => $"{product.Title} at {product.Price}{(product.Availability is null ? "" : $", {product.Availability}")}");
        return $"From the product data (simulated answer): {string.Join("; ", best)}.";
    }
}
