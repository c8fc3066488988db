using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Access;

public sealed class RedisKeysTests(RedisServerFixture server) : RedisKeysConformance(server), IClassFixture<RedisServerFixture>;
