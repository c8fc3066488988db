using System.Security.Cryptography;
using Mcp.Products.Catalogue.Names;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>Takes products in one by one and makes a <see cref="Snapshot"/> of them.</summary>
internal sealed class SnapshotBuilder : IDisposable
{
    private const int VersionBytes = 6;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly RecordWriter _record = new();
    private readonly Blob _records = new();
    private readonly List<(uint Hash, int Product)> _ids = [];
    private readonly ProductWords _words = new();
    private readonly CatalogueNames _names = new();
    private readonly List<int> _brandOf = [];
    private readonly RowsBuilder<int> _categoriesOf = new();
    private readonly RowsBuilder<int> _specificationsOf = new();
    private readonly List<byte> _currencyOf = [];
    private readonly List<int> _priceStepOf = [];
    private readonly RowsBuilder<long> _pricesOf = new();

    public void Add(Product product)
    {
        AddRecord(product);
        AddColumns(product);
        _words.Add(product);
    }

    public Snapshot Build()
    {
        var (terms, postings) = _words.Build();
        var count = _records.Count;
        int[] brandOf = [.. _brandOf], priceStepOf = [.. _priceStepOf];
        var (categoriesOf, specificationsOf, pricesOf) = (_categoriesOf.Build(), _specificationsOf.Build(), _pricesOf.Build());
        var productsOfSpecification = new ProductSets(count, _names.Specifications.Count, product => specificationsOf[product]);
        return new Snapshot
        {
            Version = Convert.ToHexStringLower(_hash.GetCurrentHash().AsSpan(0, VersionBytes)),
            Count = count,
            Records = _records,
            RecordNames = _record.Names,
            Ids = new IdTable(_ids),
            Terms = terms,
            Postings = postings,
            Spelling = new SpellingTable(terms.Words, postings.Count),
            Names = _names,
            BrandOf = brandOf,
            CategoriesOf = categoriesOf,
            SpecificationsOf = specificationsOf,
            CurrencyOf = [.. _currencyOf],
            PriceStepOf = priceStepOf,
            PricesOf = pricesOf,
            ProductsOfBrand = new ProductSets(count, _names.Brands.Count, product => brandOf[product] < 0 ? [] : brandOf.AsSpan(product, 1)),
            ProductsOfCategory = new ProductSets(count, _names.Categories.Count, product => categoriesOf[product]),
            ProductsOfSpecification = productsOfSpecification,
            ProductsOfName = new ProductSets(count, _names.Specifications.Names.Count, NamesOf(specificationsOf)),
            ProductsOfPrice = new ProductSets(count, _names.Currencies.Count * PriceSteps.Amounts.Length, product => priceStepOf.AsSpan(product, 1)),
            PairsOfName = PairsOfName(productsOfSpecification),
            Available = Available(pricesOf),
        };
    }

    public void Dispose() => _hash.Dispose();

    private ProductSets.OwnersOf NamesOf(Rows<int> specificationsOf)
    {
        var names = new int[8];
        return product =>
        {
            var pairs = specificationsOf[product];
            names = names.Length < pairs.Length ? new int[2 * pairs.Length] : names;
            for (var i = 0; i < pairs.Length; i++)
            {
                names[i] = _names.Specifications.NameOf(pairs[i]);
            }

            return names.AsSpan(0, pairs.Length);
        };
    }

    private int[][] PairsOfName(ProductSets productsOfSpecification)
    {
        var pairs = productsOfSpecification.ByCount.ToLookup(_names.Specifications.NameOf);
        return [.. Enumerable.Range(0, _names.Specifications.Names.Count).Select(name => pairs[name].ToArray())];
    }

    private static Bitmap Available(Rows<long> pricesOf)
    {
        var available = new Bitmap(pricesOf.Count);
        for (var product = 0; product < pricesOf.Count; product++)
        {
            foreach (var price in pricesOf[product])
            {
                if ((price & 1) == 1)
                {
                    available.Add(product);
                    break;
                }
            }
        }

        return available;
    }

    private void AddRecord(Product product)
    {
        var number = _records.Count;
        _record.Clear();
        ProductRecord.Write(_record, product);
        _records.Add(_record.Written);
        _hash.AppendData(_record.Written);
        _ids.Add((IdTable.Hash(product.Id), number));
        foreach (var variant in product.Variants)
        {
            if (variant.Id != product.Id)
            {
                _ids.Add((IdTable.Hash(variant.Id), number));
            }
        }
    }

    private void AddColumns(Product product)
    {
        _brandOf.Add(product.Brand is { Length: > 0 } name ? _names.Brands.Add(name) : -1);
        foreach (var path in product.Categories)
        {
            var category = _names.Categories.Add(path.Value);
            while (category != CategoryTree.None && _categoriesOf.AddOnce(category))
            {
                category = _names.Categories.ParentOf(category);
            }
        }

        foreach (var (specification, value) in product.Metadata.Specifications)
        {
            _specificationsOf.Add(_names.Specifications.Add(specification, value));
        }

        var lowest = long.MaxValue;
        foreach (var variant in product.Variants)
        {
            _pricesOf.Add(variant.Price.Amount << 1 | (variant.Availability.Available ? 1L : 0));
            lowest = Math.Min(lowest, variant.Price.Amount);
        }

        var currency = _names.Currencies.Add(product.Variants[0].Price.Currency);
        _currencyOf.Add((byte)currency);
        _priceStepOf.Add((currency * PriceSteps.Amounts.Length) + PriceSteps.Of(lowest));
        _categoriesOf.EndRow();
        _specificationsOf.EndRow();
        _pricesOf.EndRow();
    }
}
