using Mcp.Products.Catalogue.Names;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>A whole catalogue with all that finding something in it takes. It never changes, so that any number of callers may read it.</summary>
internal sealed class Snapshot
{
    public required string Version { get; init; }

    public required int Count { get; init; }

    public required Blob Records { get; init; }

    public required string[] RecordNames { get; init; }

    public required IdTable Ids { get; init; }

    public required Terms Terms { get; init; }

    public required Postings Postings { get; init; }

    public required SpellingTable Spelling { get; init; }

    public required CatalogueNames Names { get; init; }

    /// <summary>For each product the number of its brand, or -1.</summary>
    public required int[] BrandOf { get; init; }

    /// <summary>For each product its categories and all that contain them, each once.</summary>
    public required Rows<int> CategoriesOf { get; init; }

    public required Rows<int> SpecificationsOf { get; init; }

    public required byte[] CurrencyOf { get; init; }

    /// <summary>For each product the step of its lowest price: the number of its currency times the steps, and the step's.</summary>
    public required int[] PriceStepOf { get; init; }

    /// <summary>For each product the prices of its variants: <c>amount &lt;&lt; 1 | available</c>.</summary>
    public required Rows<long> PricesOf { get; init; }

    public required ProductSets ProductsOfBrand { get; init; }

    public required ProductSets ProductsOfCategory { get; init; }

    public required ProductSets ProductsOfSpecification { get; init; }

    /// <summary>By the names of specifications.</summary>
    public required ProductSets ProductsOfName { get; init; }

    /// <summary>By the steps of prices.</summary>
    public required ProductSets ProductsOfPrice { get; init; }

    /// <summary>For each name of a specification its pairs, those of the most products first.</summary>
    public required int[][] PairsOfName { get; init; }

    /// <summary>Those that have a variant that can be bought now.</summary>
    public required Bitmap Available { get; init; }

    public Product Product(int number)
    {
        var reader = new RecordReader(Records[number], RecordNames);
        return ProductRecord.Read(ref reader);
    }

    /// <summary>A product's id without the rest of it.</summary>
    public string IdOf(int number) => new RecordReader(Records[number], RecordNames).Text()!;
}
