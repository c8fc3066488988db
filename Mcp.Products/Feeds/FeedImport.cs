using Mcp.Products.Catalogue;

namespace Mcp.Products.Feeds;

/// <summary>Turns a feed's rows into the products of a catalogue: variants are put together, bad rows left out and told of.</summary>
internal sealed class FeedImport(IEnumerable<FeedEntry> entries, Action<RowFault> fault)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public int Taken { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Rows of one group follow each other; a group that comes again has an id that is taken.</summary>
    public IEnumerable<Product> Products()
    {
        var group = new List<FeedEntry>();
        foreach (var entry in entries)
        {
            if (group.Count > 0 && (entry.Group is null || entry.Group != group[0].Group))
            {
                if (Take(Merge(group)) is { } merged)
                {
                    yield return merged;
                }

                group.Clear();
            }

            if (entry.Product is null)
            {
                Skip(entry.Line, entry.Fault!);
            }
            else if (entry.Group is not null)
            {
                group.Add(entry);
            }
            else if (Take(entry) is { } product)
            {
                yield return product;
            }
        }

        if (group.Count > 0 && Take(Merge(group)) is { } last)
        {
            yield return last;
        }
    }

    private Product? Take(FeedEntry entry)
    {
        var product = entry.Product!;
        if (ProductCheck.Fault(product) is { } wrong)
        {
            Skip(entry.Line, wrong);
            return null;
        }

        if (TakenId(product) is { } taken)
        {
            Skip(entry.Line, $"the id '{taken}' was there before");
            return null;
        }

        _ids.Add(product.Id);
        Taken++;
        return product;
    }

    // Takes the variants' ids as it goes; a variant may share its product's.
    private string? TakenId(Product product)
    {
        if (_ids.Contains(product.Id))
        {
            return product.Id;
        }

        foreach (var variant in product.Variants)
        {
            if (!_ids.Add(variant.Id))
            {
                return variant.Id;
            }
        }

        return null;
    }

    private void Skip(long line, string reason)
    {
        Skipped++;
        fault(new RowFault(line, reason));
    }

    private static FeedEntry Merge(List<FeedEntry> rows)
    {
        var first = rows[0].Product!;
        var variants = rows.Select(row => row.Product!.Variants[0]).ToList();
        var options = variants.SelectMany(variant => variant.Options).GroupBy(option => option.Name)
            .Select(option => new ProductOption(option.Key, [.. option.Select(one => one.Label).Distinct().Select(label => new OptionValue(label))]));
        return rows[0] with { Product = first with { Variants = variants, Options = [.. options] } };
    }
}
