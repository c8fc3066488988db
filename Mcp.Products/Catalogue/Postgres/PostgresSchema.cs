using Npgsql;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>
/// The tables of a catalogue. Each import has tables of its own, under its number; one row says which number is served.
/// </summary>
internal static class PostgresSchema
{
    // Held while the schema is changed or a generation is written; the server gives it back when the connection ends.
    private const long Lock = 0x43617461;

    // Applied in order, each once; what has gone out is never edited.
    private static readonly string[] Migrations =
    [
        """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE TABLE catalogue.generation (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            products int NOT NULL DEFAULT 0,
            is_current boolean NOT NULL DEFAULT false,
            created timestamptz NOT NULL DEFAULT now());
        CREATE UNIQUE INDEX ON catalogue.generation (is_current) WHERE is_current;
        """,
    ];

    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await RunAsync(connection, $"SELECT pg_advisory_lock({Lock})", cancellationToken);

    public static async Task UnlockAsync(NpgsqlConnection connection) => await RunAsync(connection, $"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);

    public static async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await LockAsync(connection, cancellationToken);
        try
        {
            await RunAsync(connection, "CREATE SCHEMA IF NOT EXISTS catalogue; CREATE TABLE IF NOT EXISTS catalogue.migration (number int PRIMARY KEY)", cancellationToken);
            var applied = await ScalarAsync<int>(connection, "SELECT coalesce(max(number), 0) FROM catalogue.migration", cancellationToken);
            for (var number = applied + 1; number <= Migrations.Length; number++)
            {
                await RunAsync(connection, $"BEGIN; {Migrations[number - 1]} INSERT INTO catalogue.migration VALUES ({number}); COMMIT", cancellationToken);
            }
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    /// <summary>Makes room for another catalogue and returns its number.</summary>
    public static async Task<long> BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var generation = await ScalarAsync<long>(connection, "INSERT INTO catalogue.generation DEFAULT VALUES RETURNING id", cancellationToken);
        await RunAsync(
            connection,
            $"""
            CREATE TABLE catalogue.product_{generation} (
                number int NOT NULL, id text NOT NULL, ids text[] NOT NULL, body text NOT NULL, brand int, categories int[] NOT NULL, specifications int[] NOT NULL,
                currency int NOT NULL, price_min bigint NOT NULL, price_max bigint NOT NULL, offers bigint[] NOT NULL, available boolean NOT NULL, words tsvector NOT NULL);
            CREATE TABLE catalogue.name_{generation} (kind text NOT NULL, number int NOT NULL, name text NOT NULL, value text, owner int, products int NOT NULL);
            CREATE TABLE catalogue.word_{generation} (word text NOT NULL, written text NOT NULL, products int NOT NULL)
            """,
            cancellationToken);
        return generation;
    }

    public static Task IndexAsync(NpgsqlConnection connection, long generation, CancellationToken cancellationToken) => RunAsync(
        connection,
        $"""
        ALTER TABLE catalogue.product_{generation} ADD PRIMARY KEY (number);
        CREATE INDEX ON catalogue.product_{generation} USING gin (words);
        CREATE INDEX ON catalogue.product_{generation} USING gin (ids);
        CREATE INDEX ON catalogue.product_{generation} USING gin (id gin_trgm_ops);
        CREATE INDEX ON catalogue.product_{generation} USING gin (categories);
        CREATE INDEX ON catalogue.product_{generation} USING gin (specifications);
        CREATE INDEX ON catalogue.product_{generation} (brand);
        CREATE INDEX ON catalogue.product_{generation} (currency, price_min, price_max);
        ALTER TABLE catalogue.name_{generation} ADD PRIMARY KEY (kind, number);
        ALTER TABLE catalogue.word_{generation} ADD PRIMARY KEY (word);
        CREATE INDEX ON catalogue.word_{generation} USING gin (word gin_trgm_ops);
        ANALYZE catalogue.product_{generation}, catalogue.name_{generation}, catalogue.word_{generation}
        """,
        cancellationToken);

    /// <summary>Serves it from now on. The one before it stays for searches under way; older ones go.</summary>
    public static async Task ServeAsync(NpgsqlConnection connection, long generation, int products, CancellationToken cancellationToken)
    {
        var previous = await ScalarAsync<long>(connection, "SELECT coalesce(max(id), 0) FROM catalogue.generation WHERE is_current", cancellationToken);
        await RunAsync(
            connection,
            $"""
            BEGIN;
            UPDATE catalogue.generation SET is_current = false WHERE is_current;
            UPDATE catalogue.generation SET is_current = true, products = {products} WHERE id = {generation};
            COMMIT
            """,
            cancellationToken);
        await DropAsync(connection, $"id NOT IN ({generation}, {previous})");
    }

    public static Task DropAsync(NpgsqlConnection connection, long generation) => DropAsync(connection, $"id = {generation} AND NOT is_current");

    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task DropAsync(NpgsqlConnection connection, string which)
    {
        var generations = new List<long>();
        await using (var command = new NpgsqlCommand($"SELECT id FROM catalogue.generation WHERE {which}", connection))
        await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
        {
            while (await reader.ReadAsync(CancellationToken.None))
            {
                generations.Add(reader.GetInt64(0));
            }
        }

        foreach (var old in generations)
        {
            await RunAsync(
                connection,
                $"DROP TABLE IF EXISTS catalogue.product_{old}, catalogue.name_{old}, catalogue.word_{old}; DELETE FROM catalogue.generation WHERE id = {old}",
                CancellationToken.None);
        }
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
