using System.Diagnostics;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Postgres;
using Npgsql;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>A PostgreSQL server of the tests' own. Where none is installed its tests are skipped.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Ready = "database system is ready to accept connections";

    // The server refuses to run as root.
    private const string Script = """
        as_other=""
        if [ "$(id -u)" = 0 ]; then
          user=postgres; id postgres >/dev/null 2>&1 || user=nobody
          chown "$user" "$1"; as_other="setpriv --reuid=$user --regid=$(id -g $user) --clear-groups"
        fi
        cd "$1" && $as_other "$3/initdb" -D "$1/data" -U postgres -A trust -N --no-locale -E UTF8 >/dev/null || exit 1
        exec $as_other "$3/postgres" -D "$1/data" -p "$2" -k "$1" -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=32MB
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("postgres-");
    private readonly int _port = ServerProcess.FreePort();
    private readonly SemaphoreSlim _filling = new(1);
    private LeashedProcess? _server;
    private PostgresIndex? _filled;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            return;
        }

        _server = LeashedProcess.Start(new Dictionary<string, string>(), "sh", "-c", Script, "sh", _folder.FullName, $"{_port}", programs);
        await _server.LineAsync(Ready, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (_filled is not null)
        {
            await _filled.DisposeAsync();
        }

        if (_server is not null)
        {
            // Killed outright it would leave processes that still write into the folder.
            using var stop = Process.Start("kill", ["-INT", $"{await _server.Id}"]);
            await _server.LineAsync("database system is shut down", CancellationToken.None);
            await _server.DisposeAsync();
        }

        _filling.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The connection string of a new database; skips the test where there is no server.</summary>
    internal async Task<string> CreateDatabaseAsync()
    {
        Assert.SkipWhen(_server is null, "PostgreSQL is not installed here; ./test installs it where it can.");
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>One index for all tests that only ask.</summary>
    internal async Task<IProductIndex> FilledAsync(Func<Task<IProductIndex>> fill)
    {
        await _filling.WaitAsync();
        try
        {
            return _filled ??= (PostgresIndex)await fill();
        }
        finally
        {
            _filling.Release();
        }
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Database={database};Username=postgres;Include Error Detail=true";

    private static string? FindPrograms()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")) : []);
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
