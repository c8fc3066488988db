using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Batches.Storage;

public sealed class RedisBatchesTests(RedisServerFixture server) : SharedBatchesConformance(server), IClassFixture<RedisServerFixture>;
