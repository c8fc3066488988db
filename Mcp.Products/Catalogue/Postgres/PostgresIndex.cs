using System.Runtime.CompilerServices;
using System.Text.Json;
using Mcp.Products.Catalogue.Text;
using Npgsql;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>The catalogue in PostgreSQL, for catalogues that outgrow a process or are shared by several.</summary>
internal sealed class PostgresIndex : IProductIndex
{
    private const int MostBrands = 100;
    private const int MostNearIds = 5;
    private const int MostNearCandidates = 200;

    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _migrating = new(1);
    private GenerationNames? _names;
    private bool _migrated;

    public PostgresIndex(string connectionString, string? password)
    {
        // How alike words must be at least to be compared letter by letter: an error in a word of four leaves two of eight groups.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c pg_trgm.similarity_threshold=0.15" };
        if (password is not null)
        {
            settings.Password = password;
        }

        _source = NpgsqlDataSource.Create(settings);
    }

    public async ValueTask<string> VersionAsync(CancellationToken cancellationToken) =>
        await AskAsync((_, names) => Task.FromResult(names.Version), cancellationToken);

    public async ValueTask<CataloguePage> SearchAsync(CatalogueSearch search, CancellationToken cancellationToken)
    {
        var page = await PageAsync(search, cancellationToken);
        return page.TotalCount > 0
            ? page
            : page with
            {
                Suggestions = await new Suggestions(search, async other => (await PageAsync(other with { Limit = 1 }, cancellationToken)).TotalCount)
                    .MakeAsync(page.UnknownValues, () => CategoriesAsync(cancellationToken)),
            };
    }

    public async ValueTask<IReadOnlyList<Product>> FindAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => await AskAsync(async (connection, names) =>
    {
        var found = new Dictionary<string, Product>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand($"SELECT ids, body FROM catalogue.product_{names.Generation} WHERE ids && $1", connection) { Parameters = { new() { Value = ids.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var product = JsonSerializer.Deserialize(reader.GetString(1), CatalogueJson.Default.Product)!;
            foreach (var id in reader.GetFieldValue<string[]>(0))
            {
                found[id] = product;
            }
        }

        return (IReadOnlyList<Product>)[.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> NearIdsAsync(string id, CancellationToken cancellationToken)
    {
        var tolerance = NearIds.Tolerance(id);
        return tolerance == 0 ? [] : await AskAsync(async (connection, names) =>
        {
            var near = new List<(string Id, int Distance, int Number)>();
            await using var command = new NpgsqlCommand(
                $"SELECT id, number FROM catalogue.product_{names.Generation} WHERE id % $1 ORDER BY similarity(id, $1) DESC LIMIT {MostNearCandidates}", connection) { Parameters = { new() { Value = id } } };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                near.Add((reader.GetString(0), NearIds.Distance(id, reader.GetString(0), tolerance), reader.GetInt32(1)));
            }

            return (IReadOnlyList<string>)[.. near.Where(one => one.Distance <= tolerance).OrderBy(one => one.Distance).ThenBy(one => one.Number).Take(MostNearIds).Select(one => one.Id)];
        }, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<FacetValue>> CategoriesAsync(CancellationToken cancellationToken) =>
        await AskAsync((_, names) => Task.FromResult(names.Categories), cancellationToken);

    public async ValueTask<IReadOnlyList<FacetValue>> BrandsAsync(string prefix, CancellationToken cancellationToken) => await AskAsync(
        (_, names) => Task.FromResult<IReadOnlyList<FacetValue>>([.. names.Brands.Where(brand => brand.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(MostBrands)]), cancellationToken);

    public async IAsyncEnumerable<Product> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var names = await NamesAsync(connection, cancellationToken);
        if (names.Generation == 0)
        {
            yield break;
        }

        await using var command = new NpgsqlCommand($"SELECT body FROM catalogue.product_{names.Generation} ORDER BY number", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return JsonSerializer.Deserialize(reader.GetString(0), CatalogueJson.Default.Product)!;
        }
    }

    public async Task<int> ReplaceAsync(IAsyncEnumerable<Product> products, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await PostgresSchema.LockAsync(connection, cancellationToken);
        var generation = await PostgresSchema.BeginAsync(connection, cancellationToken);
        try
        {
            var count = await new GenerationWriter(connection, generation).WriteAsync(products, cancellationToken);
            await PostgresSchema.IndexAsync(connection, generation, cancellationToken);
            await PostgresSchema.ServeAsync(connection, generation, count, cancellationToken);
            return count;
        }
        catch
        {
            await PostgresSchema.DropAsync(connection, generation);
            throw;
        }
        finally
        {
            await PostgresSchema.UnlockAsync(connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _migrating.Dispose();
    }

    private async Task<CataloguePage> PageAsync(CatalogueSearch search, CancellationToken cancellationToken) => await AskAsync(
        (connection, names) => names.Generation == 0
            ? Task.FromResult(new CataloguePage { Version = names.Version, Products = [], TotalCount = 0, Facets = CatalogueFacets.None })
            : new PostgresSearch(connection, names, search).RunAsync(cancellationToken),
        cancellationToken);

    // Tables that are gone belong to a catalogue replaced twice meanwhile: the newest one has an answer.
    private async Task<T> AskAsync<T>(Func<NpgsqlConnection, GenerationNames, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        try
        {
            return await ask(connection, await NamesAsync(connection, cancellationToken));
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return await ask(connection, await NamesAsync(connection, cancellationToken));
        }
    }

    private async Task<GenerationNames> NamesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (generation, products) = (0L, 0);
        await using (var command = new NpgsqlCommand("SELECT id, products FROM catalogue.generation WHERE is_current", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                (generation, products) = (reader.GetInt64(0), reader.GetInt32(1));
            }
        }

        var names = _names;
        return names?.Generation == generation ? names : _names = await GenerationNames.ReadAsync(connection, generation, products, cancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        if (!_migrated)
        {
            await _migrating.WaitAsync(cancellationToken);
            try
            {
                if (!_migrated)
                {
                    await PostgresSchema.MigrateAsync(connection, cancellationToken);
                    _migrated = true;
                }
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
            finally
            {
                _migrating.Release();
            }
        }

        return connection;
    }
}
