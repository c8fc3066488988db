using Xunit;

namespace Gateway.Tests.Redis;

public sealed class GarnetTests(GarnetFixture server) : RedisConformance(server), IClassFixture<GarnetFixture>;
