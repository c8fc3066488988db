using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

public sealed class GarnetConfigurationHistoryTests(GarnetFixture server) : SharedConfigurationHistoryConformance(server), IClassFixture<GarnetFixture>;
