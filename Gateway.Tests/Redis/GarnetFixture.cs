namespace Gateway.Tests.Redis;

public sealed class GarnetFixture : ServerFixture
{
    public override Task<ServerProcess> StartAsync() => RedisServers.StartGarnetAsync();
}
