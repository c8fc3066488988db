using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class RedisLeaseTests(RedisServerFixture server) : LeaseConformance(server), IClassFixture<RedisServerFixture>;
