using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Files;

public sealed class GarnetFilesTests(GarnetFixture server) : SharedFilesConformance(server), IClassFixture<GarnetFixture>;
