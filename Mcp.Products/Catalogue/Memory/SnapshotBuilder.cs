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
    private readonly Members _membersOfCategory = new();
    private readonly Members _membersOfBrand = new();
    private readonly RowsBuilder<int> _specificationsOf = new();
    private readonly List<byte> _currencyOf = [];
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
        return new Snapshot
        {
            Version = Convert.ToHexStringLower(_hash.GetCurrentHash().AsSpan(0, VersionBytes)),
            Count = _records.Count,
            Records = _records,
            RecordNames = _record.Names,
            Ids = new IdTable(_ids),
            Terms = terms,
            Postings = postings,
            Spelling = new SpellingTable(terms.Words, postings.Count),
            Names = _names,
            BrandOf = [.. _brandOf],
            CategoriesOf = _categoriesOf.Build(),
            MembersOfCategory = _membersOfCategory,
            MembersOfBrand = _membersOfBrand,
            SpecificationsOf = _specificationsOf.Build(),
            CurrencyOf = [.. _currencyOf],
            PricesOf = _pricesOf.Build(),
        };
    }

    public void Dispose() => _hash.Dispose();

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
        var number = _brandOf.Count;
        var brand = product.Brand is { Length: > 0 } name ? _names.Brands.Add(name) : -1;
        _brandOf.Add(brand);
        if (brand >= 0)
        {
            _membersOfBrand.Add(brand, number);
        }

        foreach (var path in product.Categories)
        {
            var category = _names.Categories.Add(path.Value);
            _categoriesOf.Add(category);
            _membersOfCategory.Add(category, number);
        }

        foreach (var (specification, value) in product.Metadata.Specifications)
        {
            _specificationsOf.Add(_names.Specifications.Add(specification, value));
        }

        foreach (var variant in product.Variants)
        {
            _pricesOf.Add(variant.Price.Amount << 1 | (variant.Availability.Available ? 1L : 0));
        }

        _currencyOf.Add((byte)_names.Currencies.Add(product.Variants[0].Price.Currency));
        _categoriesOf.EndRow();
        _specificationsOf.EndRow();
        _pricesOf.EndRow();
    }
}
