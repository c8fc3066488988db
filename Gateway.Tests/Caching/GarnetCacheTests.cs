using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Caching;

public sealed class GarnetCacheTests(GarnetFixture server) : SharedCacheConformance(server), IClassFixture<GarnetFixture>;
