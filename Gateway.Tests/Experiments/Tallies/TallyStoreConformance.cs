using Gateway.Api.Experiments.Tallies;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Experiments.Tallies;

/// <summary>What every store of experiments' counts has to do.</summary>
[Trait("Requirement", "G7.3")]
public abstract class TallyStoreConformance
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Amounts_add_up_under_their_experiment_and_day()
    {
        var store = await OpenAsync();
        var (one, other, field, next) = ($"e-{Guid.NewGuid():N}", $"e-{Guid.NewGuid():N}", $"{new TallyField(Day, "b", TallyField.Requests)}", $"{new TallyField(Day.AddDays(1), "b", TallyField.Requests)}");

        for (var number = 1; number <= 20; number++)
        {
            await store.AddAsync(one, new TallyBatch(number, new Dictionary<string, long> { [field] = 3, [next] = -1 }), Token);
        }

        await store.AddAsync(other, new TallyBatch(21, new Dictionary<string, long> { [field] = 4_000_000_000_000 }), Token);

        (await store.ReadAsync(one, Token)).ShouldBe(new Dictionary<string, long> { [field] = 60, [next] = -20 }, ignoreOrder: true);
        (await store.ReadAsync(other, Token))[field].ShouldBe(4_000_000_000_000);
        (await store.ReadAsync("nothing", Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_counts_once_however_often_it_is_given()
    {
        var store = await OpenAsync();
        var experiment = $"e-{Guid.NewGuid():N}";
        var (first, second) = (new TallyBatch(7, new Dictionary<string, long> { ["a"] = 1 }), new TallyBatch(8, new Dictionary<string, long> { ["a"] = 10 }));

        foreach (var batch in new[] { first, first, second, first, second })
        {
            await store.AddAsync(experiment, batch, Token);
        }

        (await store.ReadAsync(experiment, Token))["a"].ShouldBe(11);
    }

    private protected abstract Task<ITallyStore> OpenAsync();
}
