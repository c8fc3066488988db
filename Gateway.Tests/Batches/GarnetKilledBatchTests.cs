using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Batches;

[Trait("Suite", "long")]
public sealed class GarnetKilledBatchTests(ITestOutputHelper log) : KilledBatchConformance(RedisServers.StartGarnetAsync, log);
