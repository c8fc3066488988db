using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Flags;
using Gateway.Tests.Hosts;
using Gateway.Tests.Limits;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Experiments;

/// <summary>What a variant makes of a request, and that a request of no experiment keeps its bytes.</summary>
[Trait("Requirement", "G7.3")]
public sealed class ExperimentStageTests : IAsyncLifetime
{
    private const string Only = "Gateway:Experiments:e:Variants:b";

    private ScriptedUpstream _upstream = null!;
    private string _asked = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A body, the variant's setting, and the body that the upstream gets.</summary>
    public static TheoryData<string, string, string, string> Bodies => new()
    {
        { """{"model":"phi-3-mini", "messages":[{"role":"user","content":"x"}], "temperature" : 1 ,"own":[1]}""", "Parameters:Temperature=0.25", "", """{"model":"microsoft/Phi-3-mini-4k-instruct", "messages":[{"role":"user","content":"x"}], "temperature" : 0.25 ,"own":[1]}""" },
        { """{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}] }""", "Parameters:TopP=1", "Parameters:Seed=7", """{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"user","content":"x"}] ,"top_p":1,"seed":7}""" },
        { """{"max_tokens":9,"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}""", "Parameters:MaxTokens=5", "", """{"max_tokens":5,"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"user","content":"x"}]}""" },
        { """{"messages":[{"role":"user","content":"x"}],"model":"phi-3-mini"}""", "Parameters:ReasoningEffort=low", "", """{"messages":[{"role":"user","content":"x"}],"model":"microsoft/Phi-3-mini-4k-instruct","reasoning_effort":"low"}""" },
        { """{"model":"phi-3-mini","messages":[ {"role":"user","content":"x"}]}""", "SystemPrompt=Say \"ä\".", "", """{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"system","content":"Say \"ä\"."}, {"role":"user","content":"x"}]}""" },
        { """{"model":"phi-3-mini","messages":[{"content":"One.","role":"system"},{"role":"user","content":"x"}]}""", "SystemPrompt=Two.", "", """{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"content":"One.\n\nTwo.","role":"system"},{"role":"user","content":"x"}]}""" },
        { """{"model":"phi-3-mini","messages":[{"role":"developer","content":[{"type":"text","text":"One."}]},{"role":"user","content":"x"}]}""", "SystemPrompt=Two.", "", """{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"developer","content":[{"type":"text","text":"One."},{"type":"text","text":"Two."}]},{"role":"user","content":"x"}]}""" },
        { """{"model":"phi-3-mini","messages":[{"role":"system","content":[]},{"role":"user","content":"x"}]}""", "SystemPrompt=Two.", "", """{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"system","content":"Two."},{"role":"system","content":[]},{"role":"user","content":"x"}]}""" },
        { """{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}, {"role":"system","content":"One."}, {"role":"system","content":"More."}, {"role":"user","content":"y"}]}""", "SystemPrompt=Two.", "SystemPromptMode=Replace", """{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"user","content":"x"}, {"role":"system","content":"Two."}, {"role":"user","content":"y"}]}""" },
        { """{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}""", "SystemPrompt=Two.", "SystemPromptMode=Replace", """{"model":"microsoft/Phi-3-mini-4k-instruct","messages":[{"role":"system","content":"Two."},{"role":"user","content":"x"}]}""" },
    };

    public async ValueTask InitializeAsync() => _upstream = await ScriptedUpstream.StartAsync(async context =>
    {
        _asked = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        await TwoTargets.SendAsync(context, TwoTargets.Reply, "application/json");
    });

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task The_request_has_what_the_variant_says_and_is_otherwise_as_it_came(string body, string setting, string other, string expected)
    {
        await using var gateway = await StartAsync([.. new[] { setting, other }.Where(text => text.Length > 0).Select(text => ($"{Only}:{text[..text.IndexOf('=', StringComparison.Ordinal)]}", text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);

        using var response = await AskAsync(gateway, body);

        (response.StatusCode, response.Header("x-gateway-variant")).ShouldBe((HttpStatusCode.OK, "e/b"));
        _asked.ShouldBe(expected);
    }

    [Fact]
    [Trait("Requirement", "B2.1")]
    public async Task A_request_of_no_experiment_keeps_its_bytes()
    {
        const string Body = """{ "messages":[{"role":"system","content":"One."},{"role":"user","content":"x"}],"temperature":1.50, "model":"phi-3-mini"}""";
        await using var gateway = await StartAsync(($"{Only}:Parameters:Temperature", "0"), ($"{Only}:SystemPrompt", "Two."), ("Gateway:Experiments:e:Segment:Tenants:0", "acme"));

        using var outside = await AskAsync(gateway, Body);

        outside.Header("x-gateway-variant").ShouldBeNull();
        _asked.ShouldBe(Body.Replace("phi-3-mini", TwoTargets.Primary["local/".Length..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_alias_or_other_targets_answer()
    {
        const string Body = """{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}""";
        await using var byAlias = await StartAsync(("Gateway:Models:other:Targets:0:Provider", "local"), ("Gateway:Models:other:Targets:0:Model", "other-model"), ($"{Only}:Alias", "other"));
        await using var byTargets = await StartAsync(($"{Only}:Targets:0:Provider", "local"), ($"{Only}:Targets:0:Model", "third-model"));

        using var first = await AskAsync(byAlias, Body);
        using var second = await AskAsync(byTargets, Body);
        using var narrow = await AskAsync(byAlias, Body, new { name = "narrow", models = (string[])["phi-3-mini"] });

        (first.Header("x-gateway-target"), first.Header("x-gateway-variant")).ShouldBe(("local/other-model", "e/b"));
        (second.Header("x-gateway-target"), second.Header("x-gateway-variant")).ShouldBe(("local/third-model", "e/b"));
        (narrow.Header("x-gateway-target"), narrow.Header("x-gateway-variant")).ShouldBe((TwoTargets.Primary, null));
        using var caller = await byTargets.CallerClientAsync();
        (await caller.GetStringAsync("/v1/models", Token)).ShouldNotContain("e/b");
    }

    [Fact]
    public async Task The_time_is_that_of_the_alias_that_answers()
    {
        await using var silent = await ScriptedUpstream.StartAsync(TwoTargets.SayNothingAsync);
        await using var gateway = await StartAsync(
            ("Gateway:Providers:silent:Type", "OpenAI"), ("Gateway:Providers:silent:BaseUrl", new Uri(silent.Address, "v1").AbsoluteUri),
            ("Gateway:Models:quick:Targets:0:Provider", "silent"), ("Gateway:Models:quick:Targets:0:Model", "m"), ("Gateway:Models:quick:RequestTimeoutSeconds", "0.2"), ($"{Only}:Alias", "quick"));

        using var response = await AskAsync(gateway, """{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}""");

        (response.StatusCode, response.Header("x-gateway-variant")).ShouldBe((HttpStatusCode.GatewayTimeout, "e/b"));
        (await response.MessageAsync()).ShouldNotBeNull().ShouldContain("0.2 s");
        int.Parse(response.Header("openai-processing-ms")!, CultureInfo.InvariantCulture).ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task Through_Anthropics_API_too_and_what_only_translations_know_is_still_cut()
    {
        await using var gateway = await StartAsync(($"{Only}:SystemPrompt", "Two."), ($"{Only}:Parameters:MaxTokens", "5"));

        using var response = await AskAsync(
            gateway,
            """{"model":"phi-3-mini","max_tokens":1000,"system":[{"type":"text","text":"One.","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}}]}]}""",
            path: "/v1/messages");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var asked = JsonNode.Parse(_asked)!;
        ((int)asked["max_completion_tokens"]!).ShouldBe(5);
        asked["messages"]!.ToJsonString().ShouldBe("""[{"role":"system","content":"One.\n\nTwo."},{"role":"user","content":"x"}]""");
        _asked.ShouldNotContain("cache_control");
    }

    [Fact]
    [Trait("Requirement", "G7.5")]
    public async Task Switched_off_the_alias_answers_as_if_there_were_no_experiment()
    {
        await using var gateway = await StartAsync(($"{Only}:Parameters:Temperature", "0"));
        await gateway.SwitchAsync("Experiments", new { enabled = false });

        using var response = await AskAsync(gateway, """{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}""");

        response.Header("x-gateway-variant").ShouldBeNull();
        _asked.ShouldNotContain("temperature");
    }

    private static async Task<HttpResponseMessage> AskAsync(GatewayHost gateway, string body, object? key = null, string path = "/v1/chat/completions")
    {
        using var caller = gateway.ClientWith(await gateway.CreateKeyAsync(key));
        return await caller.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Token);
    }

    // Everybody falls into "b".
    private Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings) => GatewayHost.StartAsync(
        _upstream, [("Gateway:Experiments:e:Alias", "phi-3-mini"), ("Gateway:Experiments:e:Variants:control:Weight", "0"), ($"{Only}:Weight", "1"), .. settings]);
}
