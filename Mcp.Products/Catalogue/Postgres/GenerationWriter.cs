using System.Text.Json;
using Mcp.Products.Catalogue.Names;
using Npgsql;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>Writes products into the tables of a generation as they come.</summary>
internal sealed class GenerationWriter(NpgsqlConnection connection, long generation)
{
    private readonly CatalogueNames _names = new();
    private readonly WordCounts _words = new();
    private readonly Dictionary<(string Kind, int Number), int> _counts = [];

    public async Task<int> WriteAsync(IAsyncEnumerable<Product> products, CancellationToken cancellationToken)
    {
        var number = 0;
        await CopyAsync("product", async line =>
        {
            await foreach (var product in products.WithCancellation(cancellationToken))
            {
                Add(line, number++, product);
                await line.EndAsync();
            }
        }, cancellationToken);
        await CopyAsync("name", WriteNamesAsync, cancellationToken);
        await CopyAsync("word", async line =>
        {
            foreach (var (word, written, count) in _words.Words)
            {
                await line.Add(word).Add(written).Add(count).EndAsync();
            }
        }, cancellationToken);
        return number;
    }

    private void Add(CopyLine line, int number, Product product)
    {
        var brand = product.Brand is { Length: > 0 } name ? _names.Brands.Add(name) : (int?)null;
        var categories = new HashSet<int>();
        foreach (var category in product.Categories)
        {
            for (var step = _names.Categories.Add(category.Value); step != CategoryTree.None; step = _names.Categories.ParentOf(step))
            {
                categories.Add(step);
            }
        }

        var specifications = product.Metadata.Specifications.Select(pair => _names.Specifications.Add(pair.Key, pair.Value)).Distinct().ToList();
        var currency = _names.Currencies.Add(product.Variants[0].Price.Currency);
        Count(GenerationNames.Brand, brand is { } one ? [one] : []);
        Count(GenerationNames.Category, categories);
        var range = product.PriceRange;
        line.Add(number).Add(product.Id).Add(product.Variants.Select(variant => variant.Id).Append(product.Id).Distinct())
            .Add(JsonSerializer.Serialize(product, CatalogueJson.Readable.Product))
            .Add(brand).Add(categories.Select(step => (long)step)).Add(specifications.Select(pair => (long)pair))
            .Add(currency).Add(range.Min.Amount).Add(range.Max.Amount)
            .Add(product.Variants.Select(variant => variant.Price.Amount << 1 | (variant.Availability.Available ? 1L : 0)))
            .Add(product.Variants.Any(variant => variant.Availability.Available))
            .Add(_words.VectorOf(product));
    }

    private void Count(string kind, IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            _counts[(kind, number)] = _counts.GetValueOrDefault((kind, number)) + 1;
        }
    }

    private async Task WriteNamesAsync(CopyLine line)
    {
        await WriteAsync(GenerationNames.Brand, _names.Brands.Names);
        await WriteAsync(GenerationNames.Category, _names.Categories.Paths);
        await WriteAsync(GenerationNames.Currency, _names.Currencies.Names);
        for (var pair = 0; pair < _names.Specifications.Count; pair++)
        {
            var owner = _names.Specifications.NameOf(pair);
            await line.Add(GenerationNames.Specification).Add(pair).Add(_names.Specifications.Names[owner]).Add(_names.Specifications.ValueOf(pair)).Add(owner).Add(0L).EndAsync();
        }

        async Task WriteAsync(string kind, IReadOnlyList<string> names)
        {
            for (var number = 0; number < names.Count; number++)
            {
                await line.Add(kind).Add(number).Add(names[number]).Add((string?)null).Add((long?)null).Add(_counts.GetValueOrDefault((kind, number))).EndAsync();
            }
        }
    }

    private async Task CopyAsync(string table, Func<CopyLine, Task> write, CancellationToken cancellationToken)
    {
        // Disposing keeps what was written, cancelling disposes: one of the two.
        var copy = await connection.BeginTextImportAsync($"COPY catalogue.{table}_{generation} FROM STDIN", cancellationToken);
        try
        {
            await write(new CopyLine(copy));
        }
        catch
        {
            await copy.CancelAsync();
            throw;
        }

        await copy.DisposeAsync();
    }
}
