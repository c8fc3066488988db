using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Files;

public sealed class RedisFilesTests(RedisServerFixture server) : SharedFilesConformance(server), IClassFixture<RedisServerFixture>;
