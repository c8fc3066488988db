using System.Text.Json;
using Mcp.Products.Catalogue.Names;
using Mcp.Products.Catalogue.Text;
using Npgsql;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>
/// One search in one generation: products that have all words of the query, corrected where they are not known; where there are none, those
/// that have the most of them.
/// </summary>
internal sealed class PostgresSearch(NpgsqlConnection connection, GenerationNames generation, CatalogueSearch search)
{
    private readonly IReadOnlyList<QueryWord> _query = QueryWords.Of(search.Query);

    public async Task<CataloguePage> RunAsync(CancellationToken cancellationToken)
    {
        if (_query.Count == 0)
        {
            return string.IsNullOrWhiteSpace(search.Query) ? await PageAsync("true", "0", [], cancellationToken) : Nothing();
        }

        var words = await FindAsync(correctAll: false, cancellationToken);
        var inexact = words.Any(word => word.Expression is null || !(word.IsBeginning || word.Known[0].Word == word.Query.Text));
        if (words.TrueForAll(word => word.Expression is not null) && await AnyAsync(All(words), cancellationToken))
        {
            return await PageOfWordsAsync("words @@ $1::tsquery", words, All(words), inexact, cancellationToken);
        }

        words = await FindAsync(correctAll: true, cancellationToken);
        var known = words.Where(word => word.Expression is not null).ToList();
        var required = QueryWords.Required(_query.Count);
        if (known.Count < required)
        {
            return Nothing();
        }

        var any = string.Join('|', known.Select(word => word.Expression));
        var level = string.Join(" + ", known.Select(word => $"(words @@ {Literal(word.Expression!)}::tsquery)::int"));
        var best = await BestLevelAsync(level, any, cancellationToken);
        return best < required ? Nothing() : await PageOfWordsAsync($"words @@ $1::tsquery AND {level} = {best}", words, any, inexact: true, cancellationToken);
    }

    private Task<List<PostgresWord>> FindAsync(bool correctAll, CancellationToken cancellationToken) =>
        PostgresWords.FindAsync(connection, generation.Generation, _query, correctAll, cancellationToken);

    private static string All(IEnumerable<PostgresWord> words) => string.Join('&', words.Select(word => word.Expression));

    // Expressions hold words of letters, digits and points alone, each within quotes of its own.
    private static string Literal(string expression) => $"'{expression.Replace("'", "''", StringComparison.Ordinal)}'";

    private async Task<bool> AnyAsync(string expression, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM catalogue.product_{generation.Generation} WHERE words @@ $1::tsquery)", connection) { Parameters = { new() { Value = expression } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<int> BestLevelAsync(string level, string any, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT coalesce(max({level}), 0) FROM catalogue.product_{generation.Generation} WHERE words @@ $1::tsquery", connection) { Parameters = { new() { Value = any } } };
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<CataloguePage> PageOfWordsAsync(string condition, List<PostgresWord> words, string expression, bool inexact, CancellationToken cancellationToken)
    {
        var page = await PageAsync(condition, "ts_rank('{0.1, 0.25, 0.5, 1}', words, $1::tsquery, 1)", [new NpgsqlParameter { Value = expression }], cancellationToken);
        return inexact && page.Products.Count > 0 ? page with { CorrectedQuery = Corrected(words, page.Products[0]) } : page;
    }

    // 1. what is found, once; 2. its page; 3. the counts, a row each.
    private async Task<CataloguePage> PageAsync(string condition, string rank, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        command.Parameters.AddRange(parameters);
        var conditions = PostgresFilters.Of(search, generation.Names, command.Parameters).Prepend(condition).ToList();
        command.CommandText =
            $"""
            WITH found AS MATERIALIZED (
                SELECT number, brand, categories, specifications, currency, price_min, available, {rank} AS rank
                FROM catalogue.product_{generation.Generation} WHERE {string.Join(" AND ", conditions)}),
            page AS (SELECT number, row_number() OVER (ORDER BY rank DESC, number) AS place FROM found ORDER BY rank DESC, number OFFSET {search.Offset} LIMIT {search.Limit}),
            counted AS (SELECT pair, count(*) AS count FROM found, unnest(specifications) AS pair GROUP BY pair),
            named AS (
                SELECT pair, count, owner, sum(count) OVER (PARTITION BY owner) AS total, row_number() OVER (PARTITION BY owner ORDER BY count DESC, pair) AS place
                FROM counted JOIN catalogue.name_{generation.Generation} ON kind = '{GenerationNames.Specification}' AND number = pair),
            commonest AS (SELECT *, dense_rank() OVER (ORDER BY total DESC, owner) AS name FROM named)
            SELECT 0 AS part, page.place, 0 AS number, 0 AS count, 0 AS total, body FROM page JOIN catalogue.product_{generation.Generation} USING (number)
            UNION ALL SELECT 1, 0, 0, count(*), count(*) FILTER (WHERE available), NULL FROM found
            UNION ALL (SELECT 2, row_number() OVER (ORDER BY count(*) DESC, brand), brand, count(*), 0, NULL FROM found WHERE brand IS NOT NULL GROUP BY brand ORDER BY 2 LIMIT {CatalogueFacets.MostValues})
            UNION ALL (SELECT 3, row_number() OVER (ORDER BY count(*) DESC, category), category, count(*), 0, NULL FROM found, unnest(categories) AS category GROUP BY category ORDER BY 2 LIMIT {CatalogueFacets.MostValues})
            UNION ALL (SELECT 4, 0, currency * {PriceSteps.Amounts.Length} + width_bucket(price_min, ARRAY[{string.Join(',', PriceSteps.Amounts)}]::bigint[]) - 1, count(*), 0, NULL FROM found GROUP BY 3)
            UNION ALL (SELECT 5, name * 100 + place, pair, count, total, NULL FROM commonest WHERE name <= {CatalogueFacets.MostSpecifications} AND place <= {CatalogueFacets.MostValues})
            ORDER BY 1, 2
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    private async Task<CataloguePage> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var (products, facets, total) = (new List<Product>(), new PostgresFacets(generation.Names), 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (number, count, sum) = (reader.GetInt32(2), (int)reader.GetInt64(3), (int)reader.GetDecimal(4));
            switch (reader.GetInt32(0))
            {
                case 0:
                    products.Add(JsonSerializer.Deserialize(reader.GetString(5), CatalogueJson.Default.Product)!);
                    break;
                case 1:
                    (total, facets.Available) = (count, sum);
                    break;
                case 2:
                    facets.AddBrand(number, count);
                    break;
                case 3:
                    facets.AddCategory(number, count);
                    break;
                case 4:
                    facets.AddPrice(number, count);
                    break;
                default:
                    facets.AddSpecification(number, count, sum);
                    break;
            }
        }

        return new CataloguePage
        {
            Version = generation.Version,
            Products = products,
            TotalCount = total,
            NextOffset = products.Count > 0 && search.Offset + products.Count < total ? search.Offset + products.Count : null,
            Facets = facets.Take(),
            UnknownValues = UnknownValues.Of(search, generation.Names),
        };
    }

    private CataloguePage Nothing() => new()
    {
        Version = generation.Version,
        Products = [],
        TotalCount = 0,
        Facets = CatalogueFacets.None,
        UnknownValues = UnknownValues.Of(search, generation.Names),
    };

    /// <summary>The query as the best product has it.</summary>
    private static string Corrected(IEnumerable<PostgresWord> words, Product best)
    {
        var has = new HashSet<string>(StringComparer.Ordinal);
        SearchedText.Visit(best, has, static (has, _, text) =>
        {
            var reader = new WordReader(text, stackalloc char[WordReader.BufferLength], joins: true);
            while (reader.MoveNext())
            {
                has.Add(reader.Current.ToString());
            }
        });
        return string.Join(' ', words.Select(word => WrittenAs(word, has)).OfType<string>());
    }

    private static string? WrittenAs(PostgresWord word, HashSet<string> has)
    {
        foreach (var (known, written) in word.Known)
        {
            if (has.Contains(known))
            {
                return known == word.Query.Text ? word.Query.Written : written;
            }
        }

        return word.IsBeginning ? word.Query.Written : null;
    }
}
