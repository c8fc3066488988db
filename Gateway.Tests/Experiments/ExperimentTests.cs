using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments;
using Gateway.Api.Requests;
using MathNet.Numerics.Distributions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Experiments;

/// <summary>Who falls into which variant.</summary>
[Trait("Requirement", "G7.3")]
public sealed class ExperimentTests
{
    private const int Users = 10_000;

    /// <summary>Users' names are not drawn, so that the outcome is the same each time.</summary>
    private static readonly ApiKey[] Callers = [.. Enumerable.Range(0, Users).Select(i => CallerOf($"user-{i}"))];

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(9.0, 1.0)]
    [InlineData(50.0, 30.0, 20.0)]
    [InlineData(0.5, 0.25, 0.125, 0.125)]
    [InlineData(1.0, 0.0)]
    public void Shares_of_ten_thousand_users_are_within_statistical_bounds(params double[] weights)
    {
        var experiment = With(weights);

        var counts = Callers.CountBy(caller => experiment.VariantOf(caller).Name).ToDictionary();

        var expected = weights.Select((weight, i) => (Name: NameOf(i), Count: Users * weight / weights.Sum())).Where(variant => variant.Count > 0).ToList();
        counts.Keys.ShouldBe(expected.Select(variant => variant.Name), ignoreOrder: true);
        var chiSquare = expected.Sum(variant => Math.Pow(counts[variant.Name] - variant.Count, 2) / variant.Count);
        chiSquare.ShouldBeLessThanOrEqualTo(expected.Count > 1 ? ChiSquared.InvCDF(expected.Count - 1, 0.99) : 0);
    }

    [Fact]
    public void Everybody_stays_where_they_are_and_another_experiment_mixes_them_anew()
    {
        var (one, same, other) = (With([1, 1]), With([1, 1]), new Experiment("other", OptionsOf([1, 1])));

        Callers.ShouldAllBe(caller => one.VariantOf(caller).Name == same.VariantOf(caller).Name);
        Callers.Count(caller => one.VariantOf(caller).Name == other.VariantOf(caller).Name).ShouldBeInRange(4_800, 5_200);
    }

    [Fact]
    public void A_change_of_weights_moves_only_those_who_have_to()
    {
        var (before, after) = (With([50, 50]), With([60, 40]));

        var moves = Callers.CountBy(caller => (before.VariantOf(caller).Name, after.VariantOf(caller).Name)).ToDictionary();

        moves.ContainsKey((NameOf(0), NameOf(1))).ShouldBeFalse();
        moves[(NameOf(1), NameOf(0))].ShouldBeInRange(900, 1_100);
    }

    [Fact]
    public void A_new_variant_takes_from_all_and_moves_nobody_between_the_others()
    {
        var (before, after) = (With([1, 1]), With([1, 1, 1]));

        Callers.Where(caller => after.VariantOf(caller).Name != NameOf(2)).ShouldAllBe(caller => before.VariantOf(caller).Name == after.VariantOf(caller).Name);
    }

    [Fact]
    public void A_segment_takes_who_is_in_every_list_and_in_the_percentage()
    {
        var experiment = new Experiment("e", OptionsOf([1, 1]) with { Segment = new SegmentOptions { Tenants = ["acme"], Tiers = ["pro"], Percentage = 30 } });
        var members = Callers.Select(caller => caller with { Tenant = "acme", Tier = "pro" }).ToList();

        members.Count(experiment.Includes).ShouldBeInRange(2_850, 3_150);
        members.Where(experiment.Includes).Select(caller => caller with { Tier = null }).ShouldAllBe(caller => !experiment.Includes(caller));
        members.Where(experiment.Includes).Select(caller => caller with { Tenant = "other" }).ShouldAllBe(caller => !experiment.Includes(caller));
        var halves = members.Where(experiment.Includes).CountBy(caller => experiment.VariantOf(caller).Name).Select(count => count.Value);
        halves.ShouldAllBe(count => count > 1_350 && count < 1_650);
    }

    [Fact]
    public void Keys_without_a_user_count_by_their_id_and_users_of_two_tenants_are_two()
    {
        var experiment = With([1, 1]);
        var (one, other) = (CallerOf(user: null) with { Id = "key_1" }, CallerOf(user: null) with { Id = "key_1", Name = "renamed" });

        experiment.VariantOf(one).Name.ShouldBe(experiment.VariantOf(other).Name);
        Callers.Count(caller => experiment.VariantOf(caller).Name == experiment.VariantOf(caller with { Tenant = "other" }).Name).ShouldBeInRange(4_800, 5_200);
    }

    [Fact]
    public void Where_a_variant_changes_what_only_some_requests_have_the_others_are_no_part_of_it()
    {
        var plain = With([1, 1]);
        var warm = new Experiment("e", Add(new VariantOptions { Parameters = new VariantParameters { Temperature = 1 } }));
        var prompted = new Experiment("e", Add(new VariantOptions { SystemPrompt = "Be brief." }));

        Operation[] operations = [Operation.Chat, Operation.Completions, Operation.Embeddings];
        operations.Select(plain.IsFor).ShouldBe([true, true, true]);
        operations.Select(warm.IsFor).ShouldBe([true, true, false]);
        operations.Select(prompted.IsFor).ShouldBe([true, false, false]);
    }

    private static ExperimentOptions Add(VariantOptions variant) =>
        new() { Alias = "m", Variants = new Dictionary<string, VariantOptions> { ["control"] = new(), ["other"] = variant } };

    private static Experiment With(double[] weights) => new("e", OptionsOf(weights));

    private static ExperimentOptions OptionsOf(double[] weights) => new()
    {
        Alias = "m",
        Variants = weights.Select((weight, i) => (Name: NameOf(i), Weight: weight)).ToDictionary(variant => variant.Name, variant => new VariantOptions { Weight = variant.Weight }),
    };

    private static string NameOf(int i) => $"v{i}";

    private static ApiKey CallerOf(string? user) => new() { Id = "key_1", Hash = "", Prefix = "", Name = "test", User = user, CreatedAt = DateTimeOffset.UnixEpoch };
}
