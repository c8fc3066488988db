using Gateway.Api.Limits;

namespace Gateway.Tests.Limits;

public sealed class MemoryLimitsTests : LimitStoreConformance
{
    private protected override Task<ILimitStore> StoreAsync() => Task.FromResult<ILimitStore>(new MemoryLimits(Time));
}
