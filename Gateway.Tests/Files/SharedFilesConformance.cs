using Gateway.Api.Files;
using Gateway.Tests.Redis;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Files;

/// <summary>What a store of files that replicas share does besides.</summary>
public abstract class SharedFilesConformance(ServerFixture server) : FileStoreConformance, IAsyncLifetime
{
    private ConnectionMultiplexer _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _connection = await RedisClients.ConnectAsync(server.Port);
        await _connection.GetDatabase().ExecuteAsync("FLUSHALL");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _connection.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_left_of_what_was_deleted_or_too_large_and_an_upload_that_came_to_nothing_expires()
    {
        await using var subject = await OpenAsync();
        var file = await AddAsync(subject.Store, new byte[600_000], TimeSpan.FromDays(1));
        await subject.Store.DeleteAsync("acme", file.Id, Token);
        await subject.Store.WriteAsync("acme", file.Id, new MemoryStream(new byte[600_000]), 599_999, Token);

        ((long)await _connection.GetDatabase().ExecuteAsync("DBSIZE")).ShouldBe(0);
        await subject.Store.WriteAsync("acme", file.Id, new MemoryStream([1]), 1, Token);
        (await _connection.GetDatabase().KeyTimeToLiveAsync($"gateway:files:{{acme}}:{file.Id}:0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_its_server_it_says_so()
    {
        await using var other = await server.StartAsync();
        await using var connection = await RedisClients.ConnectAsync(other.Port);
        await other.KillAsync();

        await Should.ThrowAsync<StoreUnavailableException>(new RedisFiles(connection, Time).FindAsync("acme", "file-1", Token));
    }

    private protected override ValueTask<Subject> OpenAsync() => new(new Subject(new RedisFiles(_connection, Time)));
}
