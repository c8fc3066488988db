using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Gateway.Api.Access;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

/// <summary>Limits as a caller meets them.</summary>
public sealed class LimitStageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G5.1")]
    [Trait("Requirement", "G5.2")]
    public async Task A_key_that_has_used_its_minute_gets_429_with_what_is_left_and_when_to_come_again()
    {
        await using var limited = await LimitedGateway.StartAsync();
        using var caller = await limited.CallerAsync(new { name = "two", limits = new { requests_per_minute = 2, tokens_per_minute = 10_000 } });

        using var first = await LimitedGateway.AskAsync(caller);
        using var second = await LimitedGateway.AskAsync(caller);
        using var third = await LimitedGateway.AskAsync(caller);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (first.Header("x-ratelimit-limit-requests"), first.Header("x-ratelimit-remaining-requests")).ShouldBe(("2", "1"));
        first.Header("x-ratelimit-limit-tokens").ShouldBe("10000");
        long.Parse(first.Header("x-ratelimit-remaining-tokens")!, CultureInfo.InvariantCulture).ShouldBeInRange(9_800, 9_990);
        first.Header("x-ratelimit-reset-requests").ShouldNotBeNull().ShouldMatch("^(1m[0-4]s|6[0-4](\\.\\d+)?s|59(\\.\\d+)?s)$");
        second.Header("x-ratelimit-remaining-requests").ShouldBe("0");
        ((int)third.StatusCode, await third.CodeAsync()).ShouldBe((429, "rate_limit_exceeded"));
        (await third.MessageAsync()).ShouldNotBeNull().ShouldStartWith("Rate limit reached for key 'two': 2 requests per minute, 2 used. Try again in ");
        third.Header("x-ratelimit-remaining-requests").ShouldBe("0");
        third.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(50, 64);
        limited.Upstream.BookOf("").Requests.ShouldBe(2);
    }

    [Theory]
    [InlineData("/v1/messages", "rate_limit_error")]
    [InlineData("/v1/responses", "rate_limit_exceeded")]
    [InlineData("/v1/embeddings", "rate_limit_exceeded")]
    [Trait("Requirement", "G5.1")]
    [Trait("Requirement", "V9.5")]
    public async Task Each_API_is_limited_and_says_so_in_its_own_form_and_to_pages_too(string path, string word)
    {
        const string Page = "https://app.example.com";
        await using var limited = await LimitedGateway.StartAsync(("Gateway:Cors:Origins:0", Page));
        using var caller = await limited.CallerAsync(new { name = "one", limits = new { requests_per_minute = 1 } });
        caller.DefaultRequestHeaders.Add("Origin", Page);
        (await LimitedGateway.StatusAsync(caller)).Status.ShouldBe(200);

        var body = path == "/v1/messages"
            ? """{"model":"phi-3-mini","max_tokens":8,"messages":[{"role":"user","content":"x"}]}"""
            : """{"model":"phi-3-mini","input":"x"}""";
        using var refused = await caller.PostAsync(path, new StringContent(body, null, "application/json"), Token);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync(Token)).ShouldContain($"\"{word}\"");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        refused.Header("Access-Control-Allow-Origin").ShouldBe(Page);
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task A_tiers_limits_hold_for_a_user_over_all_keys_and_what_a_key_states_takes_their_place()
    {
        await using var limited = await LimitedGateway.StartAsync(("Gateway:Tiers:free:RequestsPerMinute", "2"));
        using var one = await limited.CallerAsync(new { name = "one", user = "ann", tier = "free" });
        using var two = await limited.CallerAsync(new { name = "two", user = "ann", tier = "free" });
        using var own = await limited.CallerAsync(new { name = "own", user = "ann", tier = "free", limits = new { requests_per_minute = 3 } });
        using var bob = await limited.CallerAsync(new { name = "bob", user = "bob", tier = "free" });

        (await LimitedGateway.StatusAsync(one)).Status.ShouldBe(200);
        (await LimitedGateway.StatusAsync(two)).Status.ShouldBe(200);
        using var refused = await LimitedGateway.AskAsync(one);
        (await refused.MessageAsync()).ShouldNotBeNull().ShouldContain("user 'ann' (tier 'free'): 2 requests per minute");
        (await LimitedGateway.StatusAsync(bob)).Status.ShouldBe(200);
        foreach (var status in new[] { 200, 200, 200, 429 })
        {
            (await LimitedGateway.StatusAsync(own)).Status.ShouldBe(status);
        }
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task A_tenants_and_a_models_limits_are_shared_by_all_who_use_them()
    {
        await using var limited = await LimitedGateway.StartAsync(
            ("Gateway:Tenants:acme:RequestsPerMinute", "2"),
            ("Gateway:Models:narrow:Limits:RequestsPerMinute", "1"),
            ("Gateway:Models:narrow:Targets:0:Provider", "local"), ("Gateway:Models:narrow:Targets:0:Model", "narrow"));
        using var one = await limited.CallerAsync(new { name = "one", tenant = "acme" });
        using var two = await limited.CallerAsync(new { name = "two", tenant = "acme" });
        using var other = await limited.CallerAsync(new { name = "other" });

        (await LimitedGateway.StatusAsync(one)).Status.ShouldBe(200);
        (await LimitedGateway.StatusAsync(other, "narrow")).Status.ShouldBe(200);
        using var byModel = await LimitedGateway.AskAsync(two, "narrow");
        (await byModel.MessageAsync()).ShouldNotBeNull().ShouldContain("model 'narrow': 1 requests per minute");
        using var byTenant = await LimitedGateway.AskAsync(two);
        (await byTenant.MessageAsync()).ShouldNotBeNull().ShouldContain("tenant 'acme': 2 requests per minute");
    }

    [Fact]
    public async Task Tokens_are_held_at_the_most_that_a_request_can_take()
    {
        await using var limited = await LimitedGateway.StartAsync();
        using var caller = await limited.CallerAsync(new { name = "tokens", limits = new { tokens_per_minute = 1000 } });

        using var tooLarge = await LimitedGateway.AskAsync(caller, maxTokens: 1000);
        ((int)tooLarge.StatusCode, tooLarge.Headers.RetryAfter).ShouldBe((429, null));
        (await tooLarge.MessageAsync()).ShouldNotBeNull().ShouldStartWith("Request too large for key 'tokens'");
        (await LimitedGateway.StatusAsync(caller, maxTokens: 700)).Status.ShouldBe(200);
        limited.Upstream.BookOf("").LastMost.ShouldBe(700);
    }

    [Fact]
    public async Task Requests_at_once_are_bounded_and_one_that_ends_makes_room_however_it_ends()
    {
        await using var limited = await LimitedGateway.StartAsync();
        using var caller = await limited.CallerAsync(new { name = "one at once", limits = new { concurrent_requests = 1 } });
        var arrived = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        limited.Upstream.Pause = () =>
        {
            arrived.TrySetResult();
            return released.Task;
        };

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var left = caller.PostAsJsonAsync("/v1/chat/completions", new { model = LimitedGateway.Model, messages = new[] { new { role = "user", content = "x" } } }, leaving.Token);
        await arrived.Task.WaitAsync(Token);
        using var refused = await LimitedGateway.AskAsync(caller);
        (await refused.MessageAsync()).ShouldNotBeNull().ShouldContain("1 requests at once, 1 are under way");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        released.SetResult();
        while ((await LimitedGateway.StatusAsync(caller)).Status != 200)
        {
            Token.ThrowIfCancellationRequested();
        }

        (await LimitedGateway.StatusAsync(caller)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_budget_that_has_no_room_for_the_request_says_what_is_spent_held_and_allowed()
    {
        await using var limited = await LimitedGateway.StartAsync();
        using var caller = await limited.CallerAsync(new { name = "poor", budget = new { usd = 0.001, period = "day" } });

        (await LimitedGateway.StatusAsync(caller, maxTokens: 30)).ShouldBe((200, null));
        using var refused = await LimitedGateway.AskAsync(caller, maxTokens: 50);

        ((int)refused.StatusCode, await refused.CodeAsync()).ShouldBe((429, "insufficient_quota"));
        (await refused.MessageAsync()).ShouldNotBeNull().ShouldMatch(
            "^The daily budget of key 'poor' has no room for this request: 0\\.000\\d+ USD spent, 0 USD held for requests under way, the limit is 0\\.001 USD, and this request may cost 0\\.001\\d+ USD\\.$");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_model_without_a_price_is_said_to_count_towards_no_budget()
    {
        await using var limited = await LimitedGateway.StartAsync(("Gateway:Models:unpriced:Targets:0:Provider", "local"), ("Gateway:Models:unpriced:Targets:0:Model", "unpriced"));
        using var caller = await limited.CallerAsync(new { name = "k", budget = new { usd = 1 } });

        using var response = await LimitedGateway.AskAsync(caller, "unpriced");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Header("x-gateway-warnings").ShouldBe("the price of 'unpriced' is not known, so its cost counts towards no budget");
    }

    [Fact]
    public async Task A_tier_that_is_not_configured_makes_no_key_and_lets_none_in()
    {
        await using var limited = await LimitedGateway.StartAsync(("Gateway:Tiers:free:Models:0", "phi-3-mini"));
        using var admin = limited.Gateway.AdminClient();
        using var refused = await admin.PostAsJsonAsync("/admin/keys", new { name = "k", tier = "gold" }, Token);
        ((int)refused.StatusCode, await refused.MessageAsync()).ShouldBe((400, "'tier' is 'gold'; allowed: demo, free."));

        using var caller = await limited.CallerAsync(new { name = "k", tier = "free" });
        (await LimitedGateway.StatusAsync(caller)).ShouldBe((200, null));
        (await LimitedGateway.StatusAsync(caller, "local-embeddings")).ShouldBe((403, "model_not_allowed"));
        (await caller.GetStringAsync("/v1/models", Token)).ShouldNotContain("local-embeddings");

        var keys = limited.Gateway.Services.GetRequiredService<KeyStore>();
        keys.Apply(keys.All.Single() with { Tier = "gone" });
        (await LimitedGateway.StatusAsync(caller)).ShouldBe((403, "tier_not_configured"));
    }
}
