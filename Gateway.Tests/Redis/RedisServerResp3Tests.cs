using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

public sealed class RedisServerResp3Tests(RedisServerFixture server) : RedisConformance(server), IClassFixture<RedisServerFixture>
{
    protected override RedisProtocol Protocol => RedisProtocol.Resp3;
}
