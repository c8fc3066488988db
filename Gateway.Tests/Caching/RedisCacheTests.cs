using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Caching;

public sealed class RedisCacheTests(RedisServerFixture server) : SharedCacheConformance(server), IClassFixture<RedisServerFixture>;
