namespace Mcp.Products.Catalogue;

/// <summary>What of a product can be bought: one size in one colour, say.</summary>
public sealed record Variant
{
    public required string Id { get; init; }

    /// <summary>The merchant's own number.</summary>
    public string? Sku { get; init; }

    public IReadOnlyList<Barcode> Barcodes { get; init => field = value ?? []; } = [];

    public required string Title { get; init; }

    public required Price Price { get; init; }

    /// <summary>The price before a reduction.</summary>
    public Price? ListPrice { get; init; }

    public Availability Availability { get; init => field = value ?? Availability.InStock; } = Availability.InStock;

    public IReadOnlyList<VariantOption> Options { get; init => field = value ?? []; } = [];
}
