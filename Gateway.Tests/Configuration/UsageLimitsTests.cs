using Gateway.Api.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration;

public class UsageLimitsTests
{
    [Fact]
    [Trait("Requirement", "G5.1")]
    public void Limits_that_cannot_be_are_refused_by_their_keys()
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(
            ("Gateway:Tiers:free:RequestsPerMinute", "0"), ("Gateway:Tiers:free:Priority", "101"), ("Gateway:Tiers:free:Models:0", "nothing"),
            ("Gateway:Tenants:acme:MonthlyBudgetUsd", "-5"), ("Gateway:Tenants:acme:ConcurrentRequests", "2000000"),
            ("Gateway:Models:m:Limits:TokensPerMinute", "-1"), ("Gateway:Models:m:MaxOutputTokens", "0"), ("Gateway:Models:m:Targets:0:MaxConcurrency", "0"),
            ("Gateway:Budgets:SoftThreshold", "80"), ("Gateway:Budgets:CheapBelowUsd", "20"),
            ("Gateway:CostControl:0:Action", "Slow"), ("Gateway:CostControl:1:Action", "CapOutput"), ("Gateway:CostControl:2:Action", "Reroute"), ("Gateway:CostControl:2:Alias", "nothing"),
            ("Gateway:Limits:RequestsPerMinutePerIp", "-1"), ("Gateway:Access:TrustedProxies:0", "10.0.0.0/99")));

        failure.Failures.ShouldBe(
            [
                "Gateway:Tiers:free:RequestsPerMinute: The field RequestsPerMinute must be between 1 and 10000000.",
                "Gateway:Tiers:free:Priority: The field Priority must be between 0 and 100.",
                "Gateway:Tiers:free:Models:0 is 'nothing'; allowed: m.",
                "Gateway:Tenants:acme:MonthlyBudgetUsd: The field MonthlyBudgetUsd must be between 1E-06 and 1000000.",
                "Gateway:Tenants:acme:ConcurrentRequests: The field ConcurrentRequests must be between 1 and 1000000.",
                "Gateway:Models:m:Limits:TokensPerMinute: The field TokensPerMinute must be between 1 and 2000000000.",
                "Gateway:Models:m:MaxOutputTokens is 0; allowed: 1 to 1000000.",
                "Gateway:Models:m:Targets:0:MaxConcurrency is 0; allowed: 1 to 100000.",
                "Gateway:Budgets:SoftThreshold: The field SoftThreshold must be between 0.01 and 1.",
                "Gateway:Budgets: CheapBelowUsd (20) must not be more than ExpensiveFromUsd (10).",
                "Gateway:CostControl:0:RequestsPerMinute is missing; Slow wants 1 to 10000000.",
                "Gateway:CostControl:1:MaxOutputTokens is missing; CapOutput wants 1 to 1000000.",
                "Gateway:CostControl:2:Alias is 'nothing'; allowed: m.",
                "Gateway:Limits:RequestsPerMinutePerIp: The field RequestsPerMinutePerIp must be between 0 and 10000000.",
                "Gateway:Access:TrustedProxies:0 is '10.0.0.0/99'; it must be an address or a range such as 10.0.0.0/8.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void A_value_that_is_none_is_refused_by_its_key() =>
        Should.Throw<OptionsValidationException>(() => Read(("Gateway:Budgets:WhenUnavailable", "Maybe"))).Message.ShouldContain("Gateway:Budgets:WhenUnavailable");

    private static void Read(params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] all =
        [
            ("Gateway:Providers:a:Type", "OpenAI"), ("Gateway:Providers:a:BaseUrl", "http://localhost/v1"),
            ("Gateway:Models:m:Targets:0:Provider", "a"), ("Gateway:Models:m:Targets:0:Model", "m"),
            .. settings,
        ];
        using var live = new LiveConfiguration(
            new ConfigurationBuilder().AddInMemoryCollection(all.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(), NullLogger<LiveConfiguration>.Instance);
    }
}
