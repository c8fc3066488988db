using Mcp.Products.Catalogue.Names;
using Npgsql;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>The names of a generation, which do not change: read once.</summary>
internal sealed record GenerationNames(long Generation, int Products, CatalogueNames Names, IReadOnlyList<FacetValue> Categories, IReadOnlyList<FacetValue> Brands)
{
    public const string Brand = "brand";
    public const string Category = "category";
    public const string Currency = "currency";
    public const string Specification = "specification";

    public string Version => Generation == 0 ? IProductIndex.NoVersion : $"g{Generation}";

    public static async Task<GenerationNames> ReadAsync(NpgsqlConnection connection, long generation, int products, CancellationToken cancellationToken)
    {
        var names = new CatalogueNames();
        var (categories, brands) = (new List<FacetValue>(), new List<FacetValue>());
        if (generation > 0)
        {
            await using var command = new NpgsqlCommand($"SELECT kind, name, value, products FROM catalogue.name_{generation} ORDER BY kind, number", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var (name, count) = (reader.GetString(1), reader.GetInt32(3));
                switch (reader.GetString(0))
                {
                    case Brand:
                        names.Brands.Add(name);
                        brands.Add(new FacetValue(name, count));
                        break;
                    case Category:
                        names.Categories.Add(name);
                        categories.Add(new FacetValue(name, count));
                        break;
                    case Currency:
                        names.Currencies.Add(name);
                        break;
                    default:
                        names.Specifications.Add(name, reader.GetString(2));
                        break;
                }
            }
        }

        return new GenerationNames(
            generation, products, names, [.. categories.OrderBy(one => one.Value, StringComparer.OrdinalIgnoreCase)], [.. brands.OrderByDescending(one => one.Count)]);
    }
}
