using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>Availability as feeds have it: <c>in stock</c>, <c>in_stock</c> or <c>https://schema.org/InStock</c>.</summary>
internal static class AvailabilityText
{
    private static readonly Availability[] Known =
        [Availability.InStock, new(true, "backorder"), new(true, "preorder"), Availability.OutOfStock, new(false, "discontinued")];

    public static string Allowed { get; } = string.Join(", ", Known.Select(one => one.Status));

    /// <summary>What is not said is in stock.</summary>
    public static bool TryParse(string? text, out Availability availability)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            availability = Availability.InStock;
            return true;
        }

        var wanted = Letters(text[(text.LastIndexOf('/') + 1)..]);
        availability = Array.Find(Known, one => Letters(one.Status) == wanted)!;
        return availability is not null;
    }

    private static string Letters(string text) => new([.. text.Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
}
