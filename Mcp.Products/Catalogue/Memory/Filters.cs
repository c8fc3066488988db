namespace Mcp.Products.Catalogue.Memory;

/// <summary>A search's filters as numbers of a <see cref="Snapshot"/>.</summary>
internal sealed class Filters
{
    private readonly Snapshot _snapshot;
    private readonly HashSet<int>? _brands;
    private readonly HashSet<int>? _categories;
    private readonly List<HashSet<int>> _specifications = [];
    private readonly PriceFilter? _price;
    private readonly int _currency = -1;
    private readonly bool? _available;

    public Filters(Snapshot snapshot, CatalogueSearch search)
    {
        _snapshot = snapshot;
        _brands = search.Brands.Count > 0 ? Brands(search.Brands) : null;
        _categories = search.Categories.Count > 0 ? [.. search.Categories.SelectMany(snapshot.Names.Categories.Find)] : null;
        foreach (var (name, values) in search.Specifications)
        {
            _specifications.Add(Pairs(name, values));
        }

        _available = search.Available;
        _price = search.Price;
        if (_price is not null && snapshot.Names.Currencies.TryFind(_price.Currency, out var currency))
        {
            _currency = currency;
        }
    }

    public bool Any => _brands is not null || _categories is not null || _specifications.Count > 0 || _available is not null || _price is not null;

    /// <summary>Keeps of what was found what passes.</summary>
    public void Apply(Scratch scratch)
    {
        if (!Any)
        {
            return;
        }

        if (scratch.IsBits)
        {
            ApplyToBits(scratch);
            return;
        }

        var (found, kept) = (scratch.Found, 0);
        for (var i = 0; i < scratch.Count; i++)
        {
            if (Passes(found[i]))
            {
                found[kept++] = found[i];
            }
        }

        scratch.TakeList(kept);
    }

    // What takes a look at each product comes last.
    private void ApplyToBits(Scratch scratch)
    {
        Keep(scratch, _snapshot.ProductsOfBrand, _brands);
        Keep(scratch, _snapshot.ProductsOfCategory, _categories);
        foreach (var wanted in _specifications)
        {
            Keep(scratch, _snapshot.ProductsOfSpecification, wanted);
        }

        if (_available is true)
        {
            scratch.Bits.Keep(_snapshot.Available);
        }
        else if (_available is false)
        {
            scratch.Bits.Remove(_snapshot.Available);
        }

        if (_price is not null)
        {
            scratch.Bits.RemoveWhere(product => !HasOffer(product));
        }

        scratch.TakeBits();
    }

    private static void Keep(Scratch scratch, ProductSets products, HashSet<int>? wanted)
    {
        if (wanted is null)
        {
            return;
        }

        scratch.Others.Clear();
        foreach (var owner in wanted)
        {
            products.AddTo(scratch.Others, owner);
        }

        scratch.Bits.Keep(scratch.Others);
    }

    private bool Passes(int product) =>
        (_brands is null || _brands.Contains(_snapshot.BrandOf[product]))
        && (_categories is null || HasAny(_categories, _snapshot.CategoriesOf[product]))
        && ((_price is null && _available is null) || HasOffer(product))
        && HasSpecifications(product);

    // "In stock up to 60 dollars" wants one variant that is both.
    private bool HasOffer(int product)
    {
        if (_price is not null && _snapshot.CurrencyOf[product] != _currency)
        {
            return false;
        }

        var (offered, available) = (false, false);
        foreach (var price in _snapshot.PricesOf[product])
        {
            var amount = price >> 1;
            var isAvailable = (price & 1) == 1;
            available |= isAvailable;
            offered |= (_available is not true || isAvailable) && (_price is null || (amount >= (_price.Min ?? 0) && amount <= (_price.Max ?? long.MaxValue)));
        }

        return offered && !(_available is false && available);
    }

    private bool HasSpecifications(int product)
    {
        foreach (var wanted in _specifications)
        {
            if (!HasAny(wanted, _snapshot.SpecificationsOf[product]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasAny(HashSet<int> wanted, ReadOnlySpan<int> own)
    {
        foreach (var one in own)
        {
            if (wanted.Contains(one))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<int> Brands(IReadOnlyList<string> names)
    {
        var chosen = new HashSet<int>();
        foreach (var name in names)
        {
            if (_snapshot.Names.Brands.TryFind(name, out var brand))
            {
                chosen.Add(brand);
            }
        }

        return chosen;
    }

    private HashSet<int> Pairs(string name, IReadOnlyList<string> values)
    {
        var pairs = new HashSet<int>();
        if (_snapshot.Names.Specifications.TryFindName(name, out var number))
        {
            foreach (var value in values)
            {
                if (_snapshot.Names.Specifications.Find(number, value) is >= 0 and var pair)
                {
                    pairs.Add(pair);
                }
            }
        }

        return pairs;
    }
}
