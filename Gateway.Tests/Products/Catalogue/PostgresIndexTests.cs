using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

public sealed class PostgresIndexTests(PostgresFixture server) : ProductIndexConformance, IClassFixture<PostgresFixture>
{
    private protected override async Task<IProductIndex> StartAsync() => new PostgresIndex(await server.CreateDatabaseAsync(), password: null);

    private protected override Task<IProductIndex> FilledAsync() => server.FilledAsync(FillAsync);

    [Fact]
    public async Task A_database_without_a_catalogue_finds_nothing_and_says_that_it_has_no_version()
    {
        await using var index = await StartAsync();

        (await index.VersionAsync(Token)).ShouldBe(IProductIndex.NoVersion);
        (await index.SearchAsync(new CatalogueSearch { Query = "keyboard" }, Token)).TotalCount.ShouldBe(0);
        (await index.ListAsync(Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_processes_make_the_schema_at_once_and_see_what_one_of_them_imports()
    {
        var database = await server.CreateDatabaseAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => new PostgresIndex(database, password: null)).ToArray();
        await Task.WhenAll(processes.Select(one => one.VersionAsync(Token).AsTask()));

        await processes[0].ReplaceAsync(Goods.All.ToAsyncEnumerable(), Token);

        foreach (var one in processes)
        {
            (await one.SearchAsync(new CatalogueSearch { Brands = ["Norden"] }, Token)).TotalCount.ShouldBe(2);
            await one.DisposeAsync();
        }
    }

    [Fact]
    public async Task Of_old_catalogues_only_the_last_is_kept()
    {
        var database = await server.CreateDatabaseAsync();
        await using var index = new PostgresIndex(database, password: null);
        for (var i = 0; i < 4; i++)
        {
            await index.ReplaceAsync(Goods.All.ToAsyncEnumerable(), Token);
        }

        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Token);
        await using var tables = new NpgsqlCommand("SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE tablename LIKE 'product%'", connection);
        (await tables.ExecuteScalarAsync(Token)).ShouldBe("product_3 product_4");
    }
}
