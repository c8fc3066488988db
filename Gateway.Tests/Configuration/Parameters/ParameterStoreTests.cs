using Gateway.Tests.Configuration.Changes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Parameters;

/// <summary>Settings in AWS Parameter Store, which checks the signatures of those who ask.</summary>
public sealed class ParameterStoreTests(SimulatedGateway simulated) : IAsyncLifetime
{
    private const string Path = "/gateway/test";

    private LoopbackAws _aws = null!;

    public async ValueTask InitializeAsync() => _aws = await LoopbackAws.StartAsync();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    [Trait("Requirement", "B8.1")]
    [Trait("Requirement", "D7.3")]
    public async Task Its_settings_lie_over_the_file_and_under_what_is_put_and_what_the_environment_says()
    {
        _aws.Parameters[$"{Path}/Limits/Retries"] = "4";
        _aws.Parameters[$"{Path}/Limits/QueueLength"] = "5";
        _aws.Parameters[$"{Path}/Limits/RequestsPerMinutePerIp"] = "6";
        _aws.Parameters[$"{Path}/Models/small/Targets"] = """[{"Provider":"local","Model":"m:1"}]""";
        _aws.Parameters[$"{Path}/Prices"] = """{"local/m:1":{"Input":1}}""";
        _aws.Parameters[$"{Path}/Models/small/SafeStream"] = "true";
        _aws.Parameters[$"{Path}er/Limits/Retries"] = "9";
        await using var gateway = await StartAsync();

        await gateway.PutAsync("""{"Limits":{"Retries":3}}""");

        var limits = (await gateway.ConfigAsync())["gateway"]!["Limits"]!;
        ((int)limits["Retries"]!, (int)limits["QueueLength"]!, (int)limits["RequestsPerMinutePerIp"]!).ShouldBe((3, 5, 0));
        ((bool)(await gateway.ConfigAsync())["gateway"]!["Models"]!["small"]!["SafeStream"]!).ShouldBeTrue();
        (await gateway.AliasesAsync(await gateway.CreateKeyAsync())).ShouldContain("small");
        _aws.Scope.ShouldBe("eu-central-1/ssm");
    }

    [Fact]
    [Trait("Requirement", "G7.2")]
    [Trait("Requirement", "G7.4")]
    public async Task A_change_is_read_and_one_that_does_not_hold_is_refused_with_all_its_faults()
    {
        _aws.Parameters[$"{Path}/Limits/Retries"] = "4";
        await using var gateway = await StartAsync();

        _aws.Parameters[$"{Path}/Limits/Retries"] = "many";
        _aws.Parameters[$"{Path}/Limits/Retrys"] = "4";
        _aws.Parameters[$"{Path}/Tiers"] = "{";
        await gateway.UntilAsync(config => config["faults"]!.AsArray().Count > 0);
        var refused = await gateway.ConfigAsync();
        _aws.Parameters.Clear();
        _aws.Parameters[$"{Path}/Limits/Retries"] = "1";
        await gateway.UntilAsync(config => (int)config["gateway"]!["Limits"]!["Retries"]! == 1);

        ((int)refused["gateway"]!["Limits"]!["Retries"]!).ShouldBe(4);
        ((string)refused["faults"]![0]!["source"]!).ShouldBe("Parameter Store");
        refused.Messages().Select(message => message[..message.IndexOf(" is ", StringComparison.Ordinal)]).ShouldBe(["/gateway/test/Tiers", "Gateway:Limits:Retries", "Gateway:Limits:Retrys"]);
        (await gateway.ConfigAsync())["faults"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task While_AWS_does_not_answer_what_was_read_last_stays()
    {
        _aws.Parameters[$"{Path}/Limits/Retries"] = "4";
        await using var gateway = await StartAsync();

        _aws.Failing = (500, "InternalServerError");
        await _aws.CalledAsync(4, TestContext.Current.CancellationToken);
        var during = await gateway.ConfigAsync();
        _aws.Parameters[$"{Path}/Limits/Retries"] = "1";
        _aws.Failing = null;
        await gateway.UntilAsync(config => (int)config["gateway"]!["Limits"]!["Retries"]! == 1);

        ((int)during["gateway"]!["Limits"]!["Retries"]!).ShouldBe(4);
    }

    [Fact]
    public async Task A_gateway_starts_without_it_and_takes_its_settings_when_it_answers()
    {
        _aws.Parameters[$"{Path}/Limits/Retries"] = "4";
        _aws.Failing = (400, "AccessDeniedException");
        await using var gateway = await StartAsync();
        ((int)(await gateway.ConfigAsync())["gateway"]!["Limits"]!["Retries"]!).ShouldBe(2);

        _aws.Failing = null;

        await gateway.UntilAsync(config => (int)config["gateway"]!["Limits"]!["Retries"]! == 4);
        gateway.Log.Lines.ShouldContain(line => line.Message.Contains("/gateway/test in Parameter Store could not be read", StringComparison.Ordinal));
    }

    private Task<GatewayHost> StartAsync() =>
        GatewayHost.StartAsync(simulated.Model, [.. _aws.Settings, ("Configuration:ParameterStore", Path), ("Configuration:PollSeconds", "0.1")]);
}
