using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;
using Gateway.Api.Files;
using Gateway.Tests.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using StackExchange.Redis;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Batches.Storage;

/// <summary>What a store of batches that replicas share does besides.</summary>
public abstract class SharedBatchesConformance(ServerFixture server) : BatchStoreConformance, IAsyncLifetime
{
    private readonly LiveConfiguration _configuration = new(new ConfigurationBuilder().Build(), NullLogger<LiveConfiguration>.Instance);
    private ConnectionMultiplexer _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _connection = await RedisClients.ConnectAsync(server.Port);
        await _connection.GetDatabase().ExecuteAsync("FLUSHALL");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _configuration.Dispose();
        return _connection.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_that_has_ended_expires_and_one_that_was_never_kept_is_forgotten()
    {
        await using var subject = await OpenAsync();
        var batch = await AddAsync(subject.Store);
        await subject.Store.TryChangeAsync(batch with { Status = BatchStatus.Completed }, Token);
        (await _connection.GetDatabase().KeyTimeToLiveAsync($"gateway:batches:{{{batch.Tenant}}}:{batch.Id}")).ShouldNotBeNull();

        var half = await AddAsync(subject.Store);
        await _connection.GetDatabase().KeyDeleteAsync($"gateway:batches:{{{half.Tenant}}}:{half.Id}");
        (await TakeAsync(subject.Store, half)).ShouldBeNull();
        (await subject.Store.ListOpenAsync(Token)).ShouldBe([half.Name]);
        Time.Advance(TimeSpan.FromMinutes(2));
        (await TakeAsync(subject.Store, half)).ShouldBeNull();
        (await subject.Store.ListOpenAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_its_server_it_says_so()
    {
        await using var other = await server.StartAsync();
        await using var connection = await RedisClients.ConnectAsync(other.Port);
        await other.KillAsync();

        await Should.ThrowAsync<StoreUnavailableException>(new RedisBatches(connection, _configuration, Time).FindAsync(new BatchName("acme", "batch_1"), Token));
    }

    private protected override ValueTask<Subject> OpenAsync() => new(new Subject(new RedisBatches(_connection, _configuration, Time)));
}
