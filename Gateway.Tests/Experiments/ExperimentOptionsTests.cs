using Gateway.Api.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Experiments;

/// <summary>Bad input in <c>Gateway:Experiments</c>: every fault with its key.</summary>
[Trait("Requirement", "G7.4")]
public sealed class ExperimentOptionsTests
{
    private const string E = "Gateway:Experiments:e";

    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Gateway:Providers:p:Type"] = "OpenAI",
        ["Gateway:Providers:p:BaseUrl"] = "http://localhost:8000/v1",
        ["Gateway:Models:m:Targets:0:Provider"] = "p",
        ["Gateway:Models:m:Targets:0:Model"] = "x",
        ["Gateway:Tiers:pro:Priority"] = "1",
        ["Gateway:Tiers:free:Priority"] = "0",
        [$"{E}:Alias"] = "m",
        [$"{E}:Variants:control:Weight"] = "1",
        [$"{E}:Variants:b:Parameters:Temperature"] = "0.5",
    };

    public static TheoryData<string, string, string> Faults => new()
    {
        { $"{E}:Alias", "n", $"{E}:Alias is 'n'; allowed: m." },
        { $"{E}:Control", "c", $"{E}:Control is 'c'; allowed: b, control." },
        { "Gateway:Experiments:lonely:Alias", "m", "Gateway:Experiments:lonely:Variants holds 0; an experiment compares at least 2." },
        { "Gateway:Experiments:a b:Alias", "m", "Gateway:Experiments:a b: its name must be 1 to 64 letters, digits, '_', '-' and '.'." },
        { $"{E}:Variants:b/c:Weight", "1", $"{E}:Variants:b/c: its name must be 1 to 64 letters, digits, '_', '-' and '.'." },
        { $"{E}:Variants:b:Weight", "-1", $"{E}:Variants:b:Weight is -1; allowed: 0 to 1000000." },
        { $"{E}:Variants:b:Weight", "NaN", $"{E}:Variants:b:Weight is 'NaN'; it must be a number." },
        { $"{E}:Variants:b:Alias", "n", $"{E}:Variants:b:Alias is 'n'; allowed: m, or nothing." },
        { $"{E}:Variants:b:Targets:0:Provider", "q", $"{E}:Variants:b:Targets:0:Provider is 'q'; allowed: p." },
        { $"{E}:Variants:b:Parameters:Temperature", "3", $"{E}:Variants:b:Parameters:Temperature: The field Temperature must be between 0 and 2." },
        { $"{E}:Variants:b:SystemPrompt", "", $"{E}:Variants:b:SystemPrompt has 0 characters; allowed: 1 to 100000." },
        { $"{E}:Segment:Tiers:0", "gold", $"{E}:Segment:Tiers holds 'gold'; allowed: free, pro." },
        { $"{E}:Segment:Users:0", " ", $"{E}:Segment: Tenants and Users must hold no empty name." },
        { $"{E}:Segment:Percentage", "101", $"{E}:Segment:Percentage: The field Percentage must be between 0 and 100." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Bad_input_is_named_with_its_key(string key, string value, string fault) =>
        Should.Throw<OptionsValidationException>(() => Read((key, value))).Failures.ShouldContain(fault);

    [Fact]
    public void Variants_without_any_weight_are_refused() =>
        Should.Throw<OptionsValidationException>(() => Read(($"{E}:Variants:control:Weight", "0"), ($"{E}:Variants:b:Weight", "0")))
            .Failures.ShouldBe([$"{E}:Variants have no weight; at least one must have more than 0."]);

    [Fact]
    public void A_variant_has_an_alias_or_targets() =>
        Should.Throw<OptionsValidationException>(() => Read(($"{E}:Variants:b:Alias", "m"), ($"{E}:Variants:b:Targets:0:Provider", "p"), ($"{E}:Variants:b:Targets:0:Model", "y")))
            .Failures.ShouldBe([$"{E}:Variants:b states Alias and Targets; allowed: one of them, or none."]);

    [Fact]
    public void Two_experiments_split_the_requests_of_one_alias_only_where_nobody_is_in_both()
    {
        (string, string)[] second = [("Gateway:Experiments:f:Alias", "m"), ("Gateway:Experiments:f:Variants:control:Weight", "1"), ("Gateway:Experiments:f:Variants:b:Weight", "1")];

        Should.Throw<OptionsValidationException>(() => Read([.. second, ($"{E}:Segment:Tiers:0", "pro")])).Failures
            .ShouldBe(["Gateway:Experiments:f:Alias is 'm', whose requests the experiment 'e' splits too; their segments must exclude each other by tenants, users or tiers."]);
        Read([.. second, ($"{E}:Segment:Tiers:0", "pro"), ("Gateway:Experiments:f:Segment:Tiers:0", "free")]);
        Read([.. second, ("Gateway:Experiments:f:Enabled", "false")]);
    }

    private static void Read(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Good);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        using var live = new LiveConfiguration(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), NullLogger<LiveConfiguration>.Instance);
        live.Current.Experiments.ShouldNotBeEmpty();
    }
}
