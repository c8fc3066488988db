using Gateway.Api.Feedback;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Feedback;

public sealed class RedisFeedbackTests(RedisServerFixture redis) : FeedbackStoreConformance, IClassFixture<RedisServerFixture>
{
    [Fact]
    public async Task A_request_lives_under_its_tenants_hash_tag_for_its_lifetime_scored_or_not()
    {
        await using var connection = await RedisClients.ConnectAsync(redis.Port);
        var (store, request) = (new RedisFeedback(connection, Configuration()), Request("lifetime"));

        await store.RememberAsync([request], Token);
        await store.ScoreAsync(request.Caller.Tenant, "lifetime", 1, Token);

        var left = (await connection.GetDatabase().KeyTimeToLiveAsync($"gateway:feedback:{{{request.Caller.Tenant}}}:lifetime")).ShouldNotBeNull();
        left.ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    private protected override async Task<Subject> OpenAsync()
    {
        var connection = await RedisClients.ConnectAsync(redis.Port);
        return new Subject(new RedisFeedback(connection, Configuration()), connection);
    }
}
