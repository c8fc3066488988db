using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class GarnetLimitsTests(GarnetFixture server) : SharedLimitsConformance(server), IClassFixture<GarnetFixture>;
