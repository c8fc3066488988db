using Cost.Worker.Ledger;
using Cost.Worker.Ledger.Dynamo;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Ledger;

public sealed class SumKeyTests
{
    private static readonly UsageGroup Group = new("acme", "key_1", null, "phi-3-mini", "m", "local", null, Batch: false, UsageStatus.Ok);

    [Fact]
    public void Sums_from_before_there_were_batches_go_on_under_their_keys() => DynamoKeys.GroupIn(8, Group).ShouldBe("08#f502db784ef808fca1924046eae09415");

    [Fact]
    public void Lines_of_batches_have_sums_of_their_own() => DynamoKeys.GroupIn(8, Group with { Batch = true }).ShouldBe("08#e15d787c0747625a6768a1b55ce03881");
}
