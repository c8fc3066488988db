using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Access;

public sealed class GarnetKeysTests(GarnetFixture server) : RedisKeysConformance(server), IClassFixture<GarnetFixture>;
