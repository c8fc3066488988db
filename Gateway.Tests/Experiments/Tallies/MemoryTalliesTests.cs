using Gateway.Api.Experiments.Tallies;

namespace Gateway.Tests.Experiments.Tallies;

public sealed class MemoryTalliesTests : TallyStoreConformance
{
    private protected override Task<ITallyStore> OpenAsync() => Task.FromResult<ITallyStore>(new MemoryTallies());
}
