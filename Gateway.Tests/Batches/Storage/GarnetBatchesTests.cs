using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Batches.Storage;

public sealed class GarnetBatchesTests(GarnetFixture server) : SharedBatchesConformance(server), IClassFixture<GarnetFixture>;
