using Gateway.Api.Responses.Storage;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Responses.Storage;

public sealed class RedisResponsesTests(RedisServerFixture redis) : ResponseStoreConformance, IClassFixture<RedisServerFixture>
{
    [Fact]
    public async Task A_response_lives_under_its_tenants_hash_tag_for_its_lifetime()
    {
        await using var connection = await RedisClients.ConnectAsync(redis.Port);
        var response = Response("{}", until: null, "resp_lifetime");

        await new RedisResponses(connection).SaveAsync(response, TimeSpan.FromSeconds(100), Token);

        var left = (await connection.GetDatabase().KeyTimeToLiveAsync("gateway:responses:{acme}:resp_lifetime")).ShouldNotBeNull();
        left.ShouldBeInRange(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Without_its_server_it_says_so()
    {
        await using var server = await redis.StartAsync();
        await using var connection = await RedisClients.ConnectAsync(server.Port);
        await server.KillAsync();

        await Should.ThrowAsync<ResponsesUnavailableException>(new RedisResponses(connection).FindAsync("acme", "resp_1", Token));
    }

    private protected override async ValueTask<Subject> OpenAsync()
    {
        var connection = await RedisClients.ConnectAsync(redis.Port);
        return new Subject(new RedisResponses(connection), connection);
    }
}
