using System.Net;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

[Trait("Requirement", "G5.3")]
public sealed class ExactCacheTests
{
    [Fact]
    public async Task The_same_question_is_answered_once_and_the_answer_given_again_byte_for_byte()
    {
        await using var system = await CachedGateway.StartAsync();
        var first = await system.AskAsync(CachedGateway.Chat());
        using var response = await system.PostAsync(CachedGateway.Chat());
        var second = await CachedGateway.ReadAsync(response);

        (first, second).ShouldBe((("miss", CachedGateway.Reply("answer 1")), ("hit", CachedGateway.Reply("answer 1"))));
        system.Calls.ShouldBe(1);
        response.Headers.Age.ShouldNotBeNull();
        response.Headers.GetValues("x-gateway-cost-usd").ShouldBe(["0"]);
        response.Headers.GetValues("x-gateway-target").ShouldBe([CachedGateway.Target]);
        response.Headers.GetValues("x-gateway-attempts").ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("""{"messages":[{"content":"x","role":"user"}],"temperature":0.0,"model":"phi-3-mini"}""")]
    [InlineData("""{ "model" : "phi-3-mini", "temperature" : 0e5, "messages" : [ { "role" : "\u0075ser", "content" : "\u0078" } ] }""")]
    [InlineData("""{"model":"phi-3-mini","temperature":-0,"user":"ann","metadata":{"a":"b"},"stream":false,"store":false,"messages":[{"role":"user","content":"x"}]}""")]
    public async Task What_says_the_same_is_the_same(string body)
    {
        await using var system = await CachedGateway.StartAsync();
        await system.AskAsync(CachedGateway.Chat());

        (await system.AskAsync(body)).Cache.ShouldBe("hit");
    }

    [Theory]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"messages":[{"role":"user","content":"x "}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"messages":[{"role":"user","content":"X"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"messages":[{"role":"system","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"seed":1,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"max_tokens":5,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"messages":[{"role":"user","content":"x"},{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"stream":true,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"other","temperature":0,"messages":[{"role":"user","content":"x"}]}""")]
    public async Task What_says_something_else_is_asked_anew(string body)
    {
        await using var system = await CachedGateway.StartAsync(("Gateway:Models:other:Targets:0:Provider", "local"), ("Gateway:Models:other:Targets:0:Model", "microsoft/Phi-3-mini-4k-instruct"));
        await system.AskAsync(CachedGateway.Chat());

        (await system.AskAsync(body)).Cache.ShouldBe("miss");
        system.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0.1,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":null,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"store":true,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"temperature":0,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"messages":[{"role":"user","content":"x","content":"y"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"messages":[{"role":"user","c\u006fntent":"x","content":"y"}]}""")]
    [InlineData("""{"model":"phi-3-mini","temperature":0,"messages":[{"role":"user","content":"\ud800"}]}""")]
    public async Task What_may_have_another_answer_or_no_clear_meaning_is_asked_every_time(string body)
    {
        await using var system = await CachedGateway.StartAsync();
        await system.AskAsync(body);

        (await system.AskAsync(body)).Cache.ShouldBe("bypass");
        system.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_says_what_it_wants_of_the_cache()
    {
        await using var system = await CachedGateway.StartAsync();
        const string Warm = """{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}]}""";
        async Task<(string, string)> AskAsync(string name, string value)
        {
            using var response = await system.PostAsync(Warm, (name, value));
            var (cache, body) = await CachedGateway.ReadAsync(response);
            return (cache, response.IsSuccessStatusCode ? body.Split("answer ")[1][..1] : $"{(int)response.StatusCode}");
        }

        (await AskAsync("cache-control", "only-if-cached")).ShouldBe(("miss", "504"));
        (await AskAsync("x-gateway-cache", "on")).ShouldBe(("miss", "1"));
        (await AskAsync("x-gateway-cache", "on")).ShouldBe(("hit", "1"));
        (await AskAsync("cache-control", "max-age=60")).ShouldBe(("hit", "1"));
        (await AskAsync("cache-control", "only-if-cached")).ShouldBe(("hit", "1"));
        (await AskAsync("x-gateway-cache", "off")).ShouldBe(("bypass", "2"));
        (await AskAsync("cache-control", "no-store, max-age=60")).ShouldBe(("bypass", "3"));
        (await AskAsync("x-gateway-cache", "refresh")).ShouldBe(("miss", "4"));
        (await AskAsync("x-gateway-cache", "on")).ShouldBe(("hit", "4"));
        (await AskAsync("cache-control", "no-cache, max-age=60")).ShouldBe(("miss", "5"));
        (await AskAsync("cache-control", "max-age=0")).ShouldBe(("bypass", "6"));
        (await AskAsync("x-gateway-cache", "on")).ShouldBe(("hit", "5"));
    }

    [Fact]
    public async Task A_stream_is_kept_with_its_frames_and_its_usage_goes_to_whoever_asks_for_it()
    {
        await using var system = await CachedGateway.StartAsync();
        var first = await system.AskAsync(CachedGateway.Chat(stream: true));
        var second = await system.AskAsync(CachedGateway.Chat(stream: true));

        first.ShouldBe(("miss", CachedGateway.Chunk("answer 1") + CachedGateway.Chunk("!") + CachedGateway.Finish() + TwoTargets.Done));
        second.ShouldBe(("hit", first.Body));

        var withUsage = CachedGateway.Chat(stream: true, more: ""","stream_options":{"include_usage":true}""");
        (await system.AskAsync(withUsage)).Body.ShouldContain("\"prompt_tokens\":3");
        (await system.AskAsync(withUsage)).ShouldBe(("hit", CachedGateway.Chunk("answer 2") + CachedGateway.Chunk("!") + CachedGateway.Finish() + CachedGateway.Usage + TwoTargets.Done));
    }

    [Theory]
    [InlineData("length", "")]
    [InlineData("content_filter", "")]
    [InlineData("something_new", "")]
    [InlineData("tool_calls", ""","tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]""")]
    public async Task An_answer_that_is_not_whole_or_is_to_be_carried_out_is_not_kept(string finish, string more)
    {
        await using var system = await CachedGateway.StartAsync();
        system.Script = (context, asked, _) => asked.Contains("\"stream\":true", StringComparison.Ordinal)
            ? CachedGateway.StreamAsync(context, CachedGateway.Chunk("x"), CachedGateway.Finish(finish), TwoTargets.Done)
            : CachedGateway.SendAsync(context, CachedGateway.Reply("x", finish, more));
        foreach (var stream in new[] { false, true })
        {
            await system.AskAsync(CachedGateway.Chat(stream: stream));
            (await system.AskAsync(CachedGateway.Chat(stream: stream))).Cache.ShouldBe("miss");
        }
    }

    [Fact]
    public async Task A_stream_that_broke_an_error_and_an_answer_that_is_too_large_are_not_kept()
    {
        await using var system = await CachedGateway.StartAsync(("Gateway:Cache:MaxEntryBytes", "2000"), ("Gateway:Limits:Retries", "0"));
        foreach (var script in new RequestDelegate[]
        {
            context => CachedGateway.StreamAsync(context, CachedGateway.Chunk("x")),
            context => CachedGateway.StreamAsync(context, CachedGateway.Chunk("x"), TwoTargets.Done),
            context => CachedGateway.StreamAsync(context, CachedGateway.Chunk("x"), "data: {\"error\":{\"message\":\"no\"}}\n\n"),
            context => CachedGateway.StreamAsync(context, CachedGateway.Chunk("x"), "data: <html>\n\n", CachedGateway.Finish(), TwoTargets.Done),
            context => CachedGateway.StreamAsync(context, CachedGateway.Chunk(new string('x', 3000)), CachedGateway.Finish(), TwoTargets.Done),
        })
        {
            system.Script = (context, _, _) => script(context);
            await system.AskAsync(CachedGateway.Chat(stream: true));
            (await system.AskAsync(CachedGateway.Chat(stream: true))).Cache.ShouldBe("miss");
        }

        foreach (var (status, body) in new[] { (400, "{}"), (200, CachedGateway.Reply(new string('x', 3000))), (200, "{\"choices\":[]}") })
        {
            system.Script = async (context, _, _) =>
            {
                context.Response.StatusCode = status;
                await CachedGateway.SendAsync(context, body);
            };
            await system.AskAsync(CachedGateway.Chat());
            (await system.AskAsync(CachedGateway.Chat())).Cache.ShouldBe("miss");
        }
    }

    [Fact]
    public async Task Tool_calls_are_kept_where_the_alias_says_so()
    {
        await using var system = await CachedGateway.StartAsync(($"Gateway:Models:{CachedGateway.Model}:Cache:StoreToolCalls", "true"));
        system.Script = (context, _, _) => CachedGateway.SendAsync(
            context, CachedGateway.Reply("x", "tool_calls", ""","tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]"""));
        await system.AskAsync(CachedGateway.Chat());

        (await system.AskAsync(CachedGateway.Chat())).Cache.ShouldBe("hit");
    }

    [Fact]
    public async Task Embeddings_are_kept_and_completions_of_temperature_0()
    {
        await using var system = await CachedGateway.StartAsync();
        const string Input = """{"model":"local-embeddings","input":"x"}""";
        await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, "/v1/embeddings", Input));
        (await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, "/v1/embeddings", Input))).Cache.ShouldBe("hit");

        const string Prompt = """{"model":"phi-3-mini","temperature":0,"prompt":"x"}""";
        await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, "/v1/completions", Prompt));
        (await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, "/v1/completions", Prompt))).Cache.ShouldBe("hit");
        system.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData("/v1/messages", """{"model":"phi-3-mini","max_tokens":9,"temperature":0,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("/v1/responses", """{"model":"phi-3-mini","temperature":0,"store":false,"input":"x"}""")]
    [InlineData("/v1/messages", """{"model":"phi-3-mini","max_tokens":9,"temperature":0,"stream":true,"messages":[{"role":"user","content":"x"}]}""")]
    public async Task Other_APIs_have_their_answers_from_the_cache_in_their_own_form(string route, string body)
    {
        await using var system = await CachedGateway.StartAsync();
        await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, route, body));
        var (cache, again) = await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, route, body));

        cache.ShouldBe("hit");
        again.ShouldContain("answer 1");
        system.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_hit_takes_a_request_of_the_limit_and_no_tokens()
    {
        await using var system = await CachedGateway.StartAsync();
        using var caller = system.Gateway.ClientWith(await system.Gateway.CreateKeyAsync(new { name = "few", limits = new { requests_per_minute = 3, tokens_per_minute = 10_000 } }));
        var left = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await CachedGateway.PostAsync(caller, "/v1/chat/completions", CachedGateway.Chat(more: ""","max_tokens":3000"""));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            left.Add(response.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        }

        left.ShouldBe(["2", "1", "0"]);
        using var refused = await CachedGateway.PostAsync(caller, "/v1/chat/completions", CachedGateway.Chat());
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task It_can_be_off_for_all_or_for_an_alias()
    {
        await using var system = await CachedGateway.StartAsync(("Gateway:Cache:Enabled", "false"), ("Gateway:Models:local-embeddings:Cache:Enabled", "true"));
        await system.AskAsync(CachedGateway.Chat());
        (await system.AskAsync(CachedGateway.Chat())).Cache.ShouldBe("bypass");

        const string Input = """{"model":"local-embeddings","input":"x"}""";
        await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, "/v1/embeddings", Input));
        (await CachedGateway.ReadAsync(await CachedGateway.PostAsync(system.Caller, "/v1/embeddings", Input))).Cache.ShouldBe("hit");
    }
}
