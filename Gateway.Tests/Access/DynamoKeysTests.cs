using Gateway.Api.Access;
using Gateway.Tests.Ledger;
using ServiceDefaults.Aws;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

public sealed class DynamoKeysTests(DynaliteFixture server) : KeyRepositoryConformance, IClassFixture<DynaliteFixture>
{
    private readonly string _table = $"keys-{Guid.NewGuid():N}";

    [Fact]
    public async Task Each_change_is_counted_for_the_others_to_see()
    {
        var (one, other) = ((DynamoKeys)await OpenAsync(), (DynamoKeys)await OpenAsync());
        var before = await other.CountChangesAsync(Token);

        await one.TrySaveAsync(Key() with { Version = 1 }, Token);

        (await other.CountChangesAsync(Token)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_table_that_cannot_be_reached_is_unavailable()
    {
        var keys = new DynamoKeys(new DynamoTable(server.Client(new CutHttp(0, isCarriedOut: false)), _table, TimeProvider.System));

        await Should.ThrowAsync<KeysUnavailableException>(() => keys.ReadAllAsync(Token));
    }

    private protected override async Task<IKeyRepository> OpenAsync()
    {
        var keys = new DynamoKeys(new DynamoTable(server.Client(), _table, TimeProvider.System));
        await keys.OpenAsync(Token);
        return keys;
    }
}
