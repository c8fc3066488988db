using Gateway.Api.Feedback;
using Gateway.Tests.Redis;
using Xunit;
using RedisClients = Gateway.Tests.Redis.Clients;

namespace Gateway.Tests.Feedback;

public sealed class GarnetFeedbackTests(GarnetFixture garnet) : FeedbackStoreConformance, IClassFixture<GarnetFixture>
{
    private protected override async Task<Subject> OpenAsync()
    {
        var connection = await RedisClients.ConnectAsync(garnet.Port);
        return new Subject(new RedisFeedback(connection, Configuration()), connection);
    }
}
