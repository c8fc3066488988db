using System.Reflection;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Flags;

/// <summary>For whom a configured flag is on.</summary>
public sealed class FeatureFlagsTests
{
    private const string SafeStream = "Gateway:Flags:SafeStream";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_flag_that_nobody_mentions_stands_as_it_was_built()
    {
        using var flags = Read();

        foreach (var flag in GatewayFlags.All)
        {
            (await flags.IsOnAsync(flag, CallerOf("ann"))).ShouldBe(flag.IsOnByDefault);
        }
    }

    [Fact]
    public void Every_flag_is_listed_under_its_own_name_and_says_what_it_does()
    {
        var fields = typeof(GatewayFlags).GetFields(BindingFlags.Public | BindingFlags.Static);

        GatewayFlags.All.ShouldBe(fields.Select(field => (Flag)field.GetValue(null)!), ignoreOrder: true);
        fields.Select(field => field.Name).ShouldBe(fields.Select(field => ((Flag)field.GetValue(null)!).Name));
        GatewayFlags.All.ShouldAllBe(flag => flag.Description.EndsWith('.'));
    }

    [Fact]
    [Trait("Requirement", "G7.1")]
    public async Task A_percentage_is_that_part_of_the_users_and_the_same_ones_each_time()
    {
        using var flags = Read((SafeStream, "Percentage", "25"));
        using var more = Read((SafeStream, "Percentage", "50"));

        var first = await OnAsync(flags, 10_000);
        var second = await OnAsync(flags, 10_000);
        var wider = await OnAsync(more, 10_000);

        // 2,500 with a standard deviation of 43.
        first.Count.ShouldBeInRange(2_300, 2_700);
        second.ShouldBe(first);
        wider.Count.ShouldBeInRange(4_750, 5_250);
        first.ShouldBeSubsetOf(wider);
    }

    [Fact]
    [Trait("Requirement", "G7.1")]
    public async Task It_may_be_on_for_tenants_for_users_and_for_keys_that_name_no_user()
    {
        using var flags = Read((SafeStream, "Tenants:0", "acme"), (SafeStream, "Users:0", "ann"), (SafeStream, "Users:1", "key_of_nobody"));

        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf("bob", "acme"))).ShouldBeTrue();
        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf("ann"))).ShouldBeTrue();
        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf(user: null) with { Id = "key_of_nobody" })).ShouldBeTrue();
        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf("bob"))).ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "G7.1")]
    public async Task It_may_be_on_for_a_time()
    {
        var now = _time.GetUtcNow();
        using var flags = Read((SafeStream, "From", $"{now.AddHours(1):O}"), (SafeStream, "Until", $"{now.AddHours(2):O}"));

        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf("ann"))).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(90));
        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf("ann"))).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(30));
        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf("ann"))).ShouldBeFalse();
    }

    [Fact]
    public async Task Off_is_off_for_those_named_too()
    {
        using var flags = Read((SafeStream, "Enabled", "false"), (SafeStream, "Users:0", "ann"));

        (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf("ann"))).ShouldBeFalse();
    }

    [Fact]
    public void A_flag_that_is_plainly_on_or_off_costs_no_memory()
    {
        using var flags = Read(("Gateway:Flags:Retries", "Enabled", "false"));
        var caller = CallerOf("ann");
        Ask(1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(1_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Ask(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Known(flags.IsOnAsync(GatewayFlags.SafeStream, caller));
                Known(flags.IsOnAsync(GatewayFlags.Retries, caller));
            }
        }

        // At once, and without the state machine that an await has in a debug build.
        static void Known(ValueTask<bool> answer) => Assert.True(answer.IsCompletedSuccessfully);
    }

    [Fact]
    [Trait("Requirement", "G7.4")]
    public void Bad_input_is_named_with_its_keys()
    {
        var refused = Should.Throw<OptionsValidationException>(() => Read(
            ("Gateway:Flags:SaveStream", "Enabled", "true"), (SafeStream, "Percentage", "101"), (SafeStream, "Tenants:0", " "), (SafeStream, "Users:0", ""),
            ("Gateway:Flags:Retries", "From", "2026-12-02T00:00:00Z"), ("Gateway:Flags:Retries", "Until", "2026-12-01T00:00:00Z")));

        refused.Failures.ShouldBe(
            [
                "Gateway:Flags:SaveStream is no flag of this gateway; allowed: " + GatewayFlags.Names + ".",
                "Gateway:Flags:SafeStream:Percentage is 101; allowed: 0 to 100.",
                "Gateway:Flags:SafeStream:Tenants holds an empty name.",
                "Gateway:Flags:SafeStream:Users holds an empty name.",
                "Gateway:Flags:Retries:Until is 2026-12-01 00:00:00Z; it must be later than the beginning, 2026-12-02 00:00:00Z.",
            ],
            ignoreOrder: true);
    }

    private static async Task<List<int>> OnAsync(FeatureFlags flags, int users)
    {
        var on = new List<int>();
        for (var i = 0; i < users; i++)
        {
            if (await flags.IsOnAsync(GatewayFlags.SafeStream, CallerOf($"user-{i}")))
            {
                on.Add(i);
            }
        }

        return on;
    }

    private static ApiKey CallerOf(string? user, string tenant = "default") =>
        new() { Id = "key_1", Hash = "", Prefix = "", Name = "test", Tenant = tenant, User = user, CreatedAt = DateTimeOffset.UnixEpoch };

    private FeatureFlags Read(params (string Section, string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{setting.Section}:{setting.Key}", (string?)setting.Value))).Build();
        return new FeatureFlags(new LiveConfiguration(configuration, NullLogger<LiveConfiguration>.Instance), new FlagFile(configuration), _time);
    }
}
