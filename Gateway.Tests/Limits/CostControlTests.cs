using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>What becomes of dear requests once most of a budget is spent. The model's output costs 20 USD per million tokens, which is expensive.</summary>
public sealed class CostControlTests
{
    private const int Dear = 1000;

    [Fact]
    [Trait("Requirement", "G5.4")]
    public async Task Past_the_soft_threshold_callers_are_warned()
    {
        await using var limited = await StartAsync();
        using var caller = await SpenderAsync(limited);

        using var response = await LimitedGateway.AskAsync(caller);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Header("x-gateway-budget").ShouldNotBeNull().ShouldMatch("^\\d+%; spent=[0-9.]+; held=[0-9.]+; limit=0\\.05$");
        response.Header("x-gateway-warnings").ShouldNotBeNull().ShouldEndWith("% of the monthly budget of key 'spender' is spent");
    }

    [Fact]
    [Trait("Requirement", "G5.4")]
    public async Task Answers_are_cut()
    {
        await using var limited = await StartAsync(("Action", "CapOutput"), ("MaxOutputTokens", "5"));
        using var caller = await SpenderAsync(limited);

        using var response = await LimitedGateway.AskAsync(caller, maxTokens: 100);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        limited.Upstream.BookOf("").LastMost.ShouldBe(5);
        response.Header("x-gateway-warnings").ShouldNotBeNull().ShouldEndWith("; the answer is cut to 5 tokens");
        limited.Gateway.Log.Lines.ShouldContain(line => line.Message.Contains("the answer is cut to 5 tokens", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "G5.4")]
    public async Task Cutting_the_answer_of_a_message_leaves_what_is_cut_of_it_for_others_in_its_place()
    {
        await using var limited = await StartAsync(("Action", "CapOutput"), ("MaxOutputTokens", "5"));
        using var caller = await SpenderAsync(limited);

        using var response = await caller.PostAsJsonAsync(
            "/v1/messages",
            new { model = LimitedGateway.Model, max_tokens = Dear, top_k = 5, messages = new[] { new { role = "user", content = "x" } } },
            TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        limited.Upstream.BookOf("").LastMost.ShouldBe(5);
    }

    [Fact]
    [Trait("Requirement", "G5.4")]
    public async Task A_cheaper_alias_answers()
    {
        await using var limited = await StartAsync(("Action", "Reroute"), ("Alias", "cheap"));
        using var caller = await SpenderAsync(limited);

        using var response = await LimitedGateway.AskAsync(caller);

        response.Header("x-gateway-target").ShouldBe("local/cheap");
        response.Header("x-gateway-warnings").ShouldNotBeNull().ShouldEndWith("; answered by 'cheap'");
    }

    [Fact]
    [Trait("Requirement", "G5.4")]
    public async Task Requests_are_slowed_down()
    {
        await using var limited = await StartAsync(("Action", "Slow"), ("RequestsPerMinute", "2"));
        using var caller = await SpenderAsync(limited);

        (await LimitedGateway.StatusAsync(caller)).ShouldBe((200, null));
        (await LimitedGateway.StatusAsync(caller)).ShouldBe((200, null));
        (await LimitedGateway.StatusAsync(caller)).ShouldBe((429, "rate_limit_exceeded"));
        (await LimitedGateway.StatusAsync(caller, "cheap")).ShouldBe((200, null));
    }

    [Fact]
    [Trait("Requirement", "G5.4")]
    public async Task Requests_are_refused_and_what_was_held_for_them_is_given_back()
    {
        await using var limited = await StartAsync(("Action", "Refuse"));
        using var caller = await SpenderAsync(limited);

        for (var i = 0; i < 10; i++)
        {
            using var refused = await LimitedGateway.AskAsync(caller, maxTokens: Dear);
            ((int)refused.StatusCode, await refused.CodeAsync()).ShouldBe((429, "insufficient_quota"));
            (await refused.MessageAsync()).ShouldNotBeNull().ShouldContain("is too dear for the rest");
        }

        (await LimitedGateway.StatusAsync(caller, "cheap")).ShouldBe((200, null));
    }

    private static Task<LimitedGateway> StartAsync(params (string Key, string Value)[] rule) => LimitedGateway.StartAsync(
    [
        ("Gateway:Models:cheap:Targets:0:Provider", "local"), ("Gateway:Models:cheap:Targets:0:Model", "cheap"),
        ("Gateway:Prices:local/cheap:Input", "0.1"), ("Gateway:Prices:local/cheap:Output", "0.1"),
        ("Gateway:Budgets:SoftThreshold", "0.3"),
        .. rule.Select(field => ($"Gateway:CostControl:0:{field.Key}", field.Value)),
    ]);

    // The budget is 0.05 USD, of which this spends 0.02.
    private static async Task<HttpClient> SpenderAsync(LimitedGateway limited)
    {
        limited.Upstream.Completion = most => most;
        var caller = await limited.CallerAsync(new { name = "spender", budget = new { usd = 0.05 } });
        using var response = await LimitedGateway.AskAsync(caller, maxTokens: Dear);
        (response.StatusCode, response.Header("x-gateway-budget")).ShouldBe((HttpStatusCode.OK, null));
        return caller;
    }
}
