using System.Text.Json;
using Gateway.Api.Access;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

/// <summary>What every store of API keys has to do.</summary>
public abstract class KeyRepositoryConformance
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One more replica's view of the same store.</summary>
    private protected abstract Task<IKeyRepository> OpenAsync();

    [Fact]
    public async Task A_key_is_read_back_whole_by_every_replica()
    {
        var key = Key() with
        {
            Version = 1,
            Owner = "ops",
            Limits = new KeyLimits(RequestsPerDay: 7),
            Budget = new KeyBudget(0.5m, "day"),
            Metadata = new Dictionary<string, JsonElement> { ["team"] = JsonSerializer.SerializeToElement("red") },
            Retired = [new RetiredHash(KeyHash.Of("before").ToString(), DateTimeOffset.UnixEpoch.AddDays(1))],
        };

        (await (await OpenAsync()).TrySaveAsync(key, Token)).ShouldBeTrue();
        var other = await OpenAsync();

        Text((await other.ReadAllAsync(Token)).Single(read => read.Id == key.Id)).ShouldBe(Text(key));
        Text((await other.ReadAsync(key.Id, Token))!).ShouldBe(Text(key));
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_null() => (await (await OpenAsync()).ReadAsync("nobody", Token)).ShouldBeNull();

    [Fact]
    public async Task Of_two_changes_of_the_same_version_the_second_is_refused_and_changes_nothing()
    {
        var repository = await OpenAsync();
        var key = Key() with { Version = 1 };

        (await repository.TrySaveAsync(key, Token)).ShouldBeTrue();
        (await repository.TrySaveAsync(key, Token)).ShouldBeFalse();
        (await repository.TrySaveAsync(key with { Version = 2, Name = "first" }, Token)).ShouldBeTrue();
        (await repository.TrySaveAsync(key with { Version = 2, Name = "second" }, Token)).ShouldBeFalse();

        (await repository.ReadAsync(key.Id, Token))!.Name.ShouldBe("first");
    }

    [Fact]
    public async Task Of_changes_to_different_fields_at_once_all_are_made()
    {
        var repository = await OpenAsync();
        var keys = new KeyStore(repository);
        var key = Key();
        await keys.AddAsync(key, Token);

        await Task.WhenAll(
            keys.ChangeAsync(key.Id, now => now with { Owner = "ops" }, Token),
            keys.ChangeAsync(key.Id, now => now with { Tier = "free" }, Token),
            keys.ChangeAsync(key.Id, now => now with { User = "ann" }, Token),
            keys.ChangeAsync(key.Id, now => now with { Name = "renamed" }, Token));

        var kept = (await repository.ReadAsync(key.Id, Token))!;
        (kept.Owner, kept.Tier, kept.User, kept.Name, kept.Version).ShouldBe(("ops", "free", "ann", "renamed", 5));
        Text(keys.Find(key.Id)!).ShouldBe(Text(kept));
    }

    private protected static ApiKey Key()
    {
        var id = $"key_{Guid.NewGuid():N}";
        return new() { Id = id, Hash = KeyHash.Of(id).ToString(), Prefix = "sk-gw-", Name = "one", CreatedAt = DateTimeOffset.UnixEpoch };
    }

    private static string Text(ApiKey key) => JsonSerializer.Serialize(key, AccessJson.Default.ApiKey);
}
