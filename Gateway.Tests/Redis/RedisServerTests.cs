using Xunit;

namespace Gateway.Tests.Redis;

public sealed class RedisServerTests(RedisServerFixture server) : RedisConformance(server), IClassFixture<RedisServerFixture>;
