using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

public sealed class RedisConfigurationHistoryTests(RedisServerFixture server) : SharedConfigurationHistoryConformance(server), IClassFixture<RedisServerFixture>;
