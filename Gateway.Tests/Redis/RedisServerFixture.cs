namespace Gateway.Tests.Redis;

public sealed class RedisServerFixture : ServerFixture
{
    public override Task<ServerProcess> StartAsync() => RedisServers.StartRedisAsync();
}
