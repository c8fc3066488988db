using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Batches;

public sealed class KilledBatchTests(ITestOutputHelper log) : KilledBatchConformance(() => RedisServers.StartRedisAsync(), log);
