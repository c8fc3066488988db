namespace Mcp.Products.Catalogue.Memory;

/// <summary>A search's filters as numbers of a <see cref="Snapshot"/>.</summary>
internal sealed class Filters
{
    // Bringing more than every so manieth product into order takes longer than looking at all.
    private const int FewestToGather = 4;

    private readonly Snapshot _snapshot;
    private readonly bool[]? _brands;
    private readonly bool[]? _categories;
    private readonly List<HashSet<int>> _specifications = [];
    private readonly PriceFilter? _price;
    private readonly int _currency = -1;
    private readonly bool? _available;

    public Filters(Snapshot snapshot, CatalogueSearch search)
    {
        _snapshot = snapshot;
        _brands = search.Brands.Count > 0 ? Brands(search.Brands) : null;
        _categories = search.Categories.Count > 0 ? snapshot.Names.Categories.Within(search.Categories.SelectMany(snapshot.Names.Categories.Find)) : null;
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

    /// <summary>Finds what may pass, where no words say what: the members of the brands or categories where these are few, else all.</summary>
    public void FindCandidates(Scratch scratch)
    {
        var (brands, categories) = (_snapshot.MembersOfBrand.Count(_brands), _snapshot.MembersOfCategory.Count(_categories));
        if (Math.Min(brands, categories) > _snapshot.Count / FewestToGather)
        {
            scratch.FindAll();
            return;
        }

        scratch.Count = brands < categories
            ? _snapshot.MembersOfBrand.Gather(_brands!, scratch.Found)
            : _snapshot.MembersOfCategory.Gather(_categories!, scratch.Found);
    }

    /// <summary>Keeps of what was found what passes.</summary>
    public void Apply(Scratch scratch)
    {
        if (!Any)
        {
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

        scratch.Count = kept;
    }

    private bool Passes(int product) =>
        (_brands is null || (_snapshot.BrandOf[product] is >= 0 and var brand && _brands[brand]))
        && (_categories is null || HasCategory(product))
        && ((_price is null && _available is null) || HasOffer(product))
        && HasSpecifications(product);

    private bool HasCategory(int product)
    {
        foreach (var category in _snapshot.CategoriesOf[product])
        {
            if (_categories![category])
            {
                return true;
            }
        }

        return false;
    }

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
            var has = false;
            foreach (var pair in _snapshot.SpecificationsOf[product])
            {
                has |= wanted.Contains(pair);
            }

            if (!has)
            {
                return false;
            }
        }

        return true;
    }

    private bool[] Brands(IReadOnlyList<string> names)
    {
        var chosen = new bool[_snapshot.Names.Brands.Count];
        foreach (var name in names)
        {
            if (_snapshot.Names.Brands.TryFind(name, out var brand))
            {
                chosen[brand] = true;
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
