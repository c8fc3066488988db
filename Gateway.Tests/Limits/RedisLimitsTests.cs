using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class RedisLimitsTests(RedisServerFixture server) : SharedLimitsConformance(server), IClassFixture<RedisServerFixture>;
