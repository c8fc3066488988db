using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class GarnetLeaseTests(GarnetFixture server) : LeaseConformance(server), IClassFixture<GarnetFixture>;
