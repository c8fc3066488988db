using System.Net;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

/// <summary>What must not come into force over HTTP: refused whole, with every reason, while the old settings serve.</summary>
public sealed class BadConfigTests(BadConfigTests.Host host) : IClassFixture<BadConfigTests.Host>
{
    /// <summary>What is put, and what is said to be wrong.</summary>
    public static TheoryData<string, string[]> Faults => new()
    {
        { """{"Limits":""", ["The body is not JSON that can be read (line 1, byte 11): "] },
        { "[]", ["The body must be a JSON object."] },
        { """{"Limts":{"Retries":1}}""", ["Gateway:Limts is not known; did you mean 'Limits'?"] },
        { """{"limits":{"Retrise":1}}""", ["Gateway:limits:Retrise is not known; did you mean 'Retries'?"] },
        { """{"Models":{"m":{"Target":[]}}}""", ["Gateway:Models:m:Target is not known; did you mean 'Targets'?", "Gateway:Models:m:Targets is empty"] },
        { """{"Prices":{"local/x":{"Inputs":1}}}""", ["Gateway:Prices:local/x:Inputs is not known; did you mean 'Input'?"] },
        { """{"Limits":{"Retries":"two"}}""", ["Gateway:Limits:Retries is 'two'; it must be a whole number from 0 to 10."] },
        { """{"Limits":{"Retries":1.5}}""", ["Gateway:Limits:Retries is 1.5; it must be a whole number from 0 to 10."] },
        { """{"Limits":[1]}""", ["Gateway:Limits is a list; it must be an object."] },
        { """{"Models":{"m":{"Targets":{"0":{}}}}}""", ["Gateway:Models:m:Targets is an object; it must be a list."] },
        { """{"Access":{"BedrockPassThrough":"yes"}}""", ["Gateway:Access:BedrockPassThrough is 'yes'; it must be true or false."] },
        { """{"Budgets":{"WhenUnavailable":"Panic"}}""", ["Gateway:Budgets:WhenUnavailable is 'Panic'; it must be one of Allow, Refuse."] },
        { """{"Models":{"m":{"Targets":[null]}}}""", ["Gateway:Models:m:Targets:0 is null; it must be an object."] },
        { """{"Models":{"m":{"Targets":[{"Provider":"nobody","Model":"x"}]}}}""", ["Gateway:Models:m:Targets:0:Provider is 'nobody'; allowed: bedrock, local, openai."] },
        { """{"Providers":{"openai":null}}""", ["Gateway:Models:gpt-4o:Targets:0:Provider is 'openai'; allowed: bedrock, local.", "Gateway:Models:gpt-4o-mini:Targets:0:Provider", "Gateway:Models:text-embedding-3-small:Targets:0:Provider"] },
        { """{"Limits":{"RequestTimeoutSeconds":5,"FirstTokenTimeoutSeconds":9}}""", ["Gateway:Limits: FirstTokenTimeoutSeconds (9) must be less than RequestTimeoutSeconds (5)"] },
        { """{"Providers":{"openai":{"ApiKey":"sk-clear-text"}}}""", ["Gateway:Providers:openai:ApiKey must be a reference of the form env:NAME, secret:NAME#KEY or parameter:NAME, never the secret itself."] },
        { """{"Providers":{"openai":{"ApiKey":12345}}}""", ["Gateway:Providers:openai:ApiKey is a number; it must be a string."] },
        { """{"Models":{"a:b":{"Targets":[]}}}""", ["Gateway:Models:a:b holds a colon, which separates the steps of a key"] },
        { """{"Models":{"m":{},"M":{}}}""", ["Gateway:Models:M is there twice, also as 'm'"] },
        { """{"Limits":{"Retries":99},"PassThrough":"nobody","Cors":{"Origins":["x/"]},"Lmits":{}}""", ["Gateway:Lmits is not known", "Gateway:PassThrough is 'nobody'", "Gateway:Limits:Retries: The field Retries must be between 0 and 10.", "Gateway:Cors:Origins:0 is 'x/'"] },
        { """{"gateway":{},"verison":1}""", ["verison is not known beside 'version' and 'gateway'."] },
        { """{"version":0,"gateway":null}""", ["Gateway must be a JSON object."] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Requirement", "G7.4")]
    public async Task It_is_refused_with_every_reason_and_the_old_settings_serve(string body, string[] faults)
    {
        var before = await host.Gateway.ConfigAsync();

        var (status, reply) = await host.Gateway.PutAsync(body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)reply["error"]!["code"]!).ShouldBe("invalid_configuration");
        var messages = reply.Messages();
        messages.Count.ShouldBe(faults.Length, string.Join('\n', messages));
        foreach (var fault in faults)
        {
            messages.ShouldContain(message => message.StartsWith(fault, StringComparison.Ordinal));
        }

        reply.ToJsonString().ShouldNotContain("sk-clear-text");
        var after = await host.Gateway.ConfigAsync();
        after["gateway"]!.ToJsonString().ShouldBe(before["gateway"]!.ToJsonString());
        ((int)after["version"]!).ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "G7.4")]
    public async Task What_was_refused_is_shown_with_its_source_and_its_key_until_a_change_holds()
    {
        await using var model = await ModelHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(model);
        await gateway.PutAsync("""{"Limits":{"Retries":99}}""");

        var fault = (await gateway.ConfigAsync())["faults"]!.AsArray().Single()!;
        ((string)fault["source"]!, (string)fault["key"]!).ShouldBe(("/admin/config", "Gateway:Limits:Retries"));
        fault["at"].ShouldNotBeNull();

        await gateway.PutAsync("{}");
        (await gateway.ConfigAsync())["faults"]!.AsArray().ShouldBeEmpty();
    }

    public sealed class Host : IAsyncLifetime
    {
        private ModelHost _model = null!;

        public GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _model = await ModelHost.StartAsync();
            Gateway = await GatewayHost.StartAsync(_model);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await _model.DisposeAsync();
        }
    }
}
