using Mcp.Products.Catalogue;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>A small shop whose every answer is known.</summary>
internal static class Goods
{
    public static readonly Product Slim = Make("kb-1", "Keyline Slim Wireless Keyboard", "Keyline", "Electronics > Keyboards", 4999, specifications: [("Connection", "Wireless"), ("Layout", "Tenkeyless")]);
    public static readonly Product Wired = Make("kb-2", "Keyline Office Keyboard", "Keyline", "Electronics > Keyboards", 2499, specifications: [("Connection", "Wired"), ("Layout", "Full size")]);
    public static readonly Product Dear = Make("kb-3", "Norden Mechanical Wireless Keyboard", "Norden", "Electronics > Keyboards", 15900, available: false, specifications: [("Connection", "Wireless"), ("Layout", "Full size")]);
    public static readonly Product Mouse = Make("ms-1", "Norden Wireless Mouse", "Norden", "Electronics > Mice", 3900, specifications: [("Connection", "Wireless")]);
    public static readonly Product Kettle = Make("kt-1", "Brückmann Café Kettle 1.7l", "Brückmann", "Home > Kitchen > Kettles", 5900, currency: "EUR", specifications: [("Capacity", "1.7 l")]);
    public static readonly Product Pan = Make("pn-1", "Cast Iron Pan", "Harrow", "Home > Kitchen > Pans", 3500, description: "Heavy. Lasts longer than any keyboard.");
    public static readonly Product Shirt = Make("sh", "Linen Shirt", "Harrow", "Clothing > Shirts", 0) with
    {
        Options = [new ProductOption("Size", [new OptionValue("M"), new OptionValue("L")])],
        Variants =
        [
            new Variant { Id = "sh-m", Sku = "SH-M", Title = "Linen Shirt M", Price = new Price(4000, "USD"), Availability = Availability.OutOfStock, Options = [new VariantOption("Size", "M")] },
            new Variant { Id = "sh-l", Title = "Linen Shirt L", Price = new Price(9000, "USD"), ListPrice = new Price(9900, "USD"), Options = [new VariantOption("Size", "L")] },
        ],
        Rating = new Rating(4.25, 5, 12),
        Tags = ["summer"],
        Media = [new Media("image", "https://shop.example/sh.jpg", "A shirt")],
        Handle = "linen-shirt",
        Url = "https://shop.example/linen-shirt",
    };

    public static readonly IReadOnlyList<Product> All = [Slim, Wired, Dear, Mouse, Kettle, Pan, Shirt];

    public static Product Make(
        string id, string title, string? brand, string category, long amount, string currency = "USD", bool available = true, string description = "", (string Name, string Value)[]? specifications = null) =>
        new()
        {
            Id = id,
            Title = title,
            Description = new Description(description),
            Brand = brand,
            Categories = [new Category(category, "merchant")],
            Variants = [new Variant { Id = id, Title = title, Price = new Price(amount, currency), Availability = available ? Availability.InStock : Availability.OutOfStock }],
            Metadata = new Metadata { Specifications = (specifications ?? []).ToDictionary(one => one.Name, one => one.Value) },
        };
}
