using System.Net.Http.Json;
using System.Text;
using Gateway.Api.Caching;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

/// <summary>Nobody finds a way to another tenant's answer: not by names, headers, letters that look alike, or JSON that says two things.</summary>
[Trait("Requirement", "G5.3")]
public sealed class TenantsTests
{
    // Names chosen so that a key that is glued together without lengths, or normalised on its way, would be the same for two of them.
    private static readonly string[] Names =
    [
        "acme", "acme ", "Acme", "ACME", "acme\u0000", "acme:", "acme}", "{acme}", "acme:phi-3-mini", "acme/phi-3-mini", "acme\nphi-3-mini", "acme%7D", "acme%7d",
        "a\u0301cme", "\u00e1cme", "\u0430cme", "acme\u200b", "\uff41cme", "acmechat/completions", "cafe\u0301", "caf\u00e9", "\ud83d\ude00", "\ufffd",
    ];

    [Fact]
    public async Task Each_tenant_has_answers_of_its_own()
    {
        await using var system = await CachedGateway.StartAsync();
        var seen = new Dictionary<string, string>();
        foreach (var tenant in Names)
        {
            using var admin = system.Gateway.AdminClient();
            using var made = await admin.PostAsJsonAsync("/admin/keys", new { name = "k", tenant }, TestContext.Current.CancellationToken);
            if (!made.IsSuccessStatusCode)
            {
                continue;
            }

            using var caller = await system.CallerOfAsync(tenant);
            var (cache, body) = await CachedGateway.ReadAsync(await CachedGateway.PostAsync(caller, "/v1/chat/completions", CachedGateway.Chat()));
            cache.ShouldBe("miss", tenant);
            seen.ShouldNotContainKey(body);
            seen[body] = tenant;
        }

        seen.Count.ShouldBeGreaterThan(5);
        system.Calls.ShouldBe(seen.Count);
    }

    [Theory]
    [InlineData("x-tenant")]
    [InlineData("x-gateway-tenant")]
    [InlineData("openai-organization")]
    [InlineData("x-gateway-cache-key")]
    [InlineData("x-forwarded-user")]
    public async Task No_header_makes_one_tenant_another(string header)
    {
        await using var system = await CachedGateway.StartAsync();
        using var acme = await system.CallerOfAsync("acme");
        using var globex = await system.CallerOfAsync("globex");
        await CachedGateway.ReadAsync(await CachedGateway.PostAsync(acme, "/v1/chat/completions", CachedGateway.Chat()));

        var (cache, _) = await CachedGateway.ReadAsync(await CachedGateway.PostAsync(globex, "/v1/chat/completions", CachedGateway.Chat(), (header, "acme"), ("x-gateway-cache", "on")));
        cache.ShouldBe("miss");
    }

    [Fact]
    public async Task Nor_does_a_call_under_way_serve_two_tenants()
    {
        await using var system = await CachedGateway.StartAsync();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Script = async (context, _, number) =>
        {
            await go.Task;
            await CachedGateway.SendAsync(context, CachedGateway.Reply($"answer {number}"));
        };
        using var acme = await system.CallerOfAsync("acme");
        using var globex = await system.CallerOfAsync("globex");
        var asked = new[] { acme, acme, globex, globex }.Select(caller => CachedGateway.PostAsync(caller, "/v1/chat/completions", CachedGateway.Chat())).ToList();
        await system.SharedByAsync(4);
        go.SetResult();
        var bodies = new List<string>();
        foreach (var response in await Task.WhenAll(asked))
        {
            bodies.Add((await CachedGateway.ReadAsync(response)).Body);
        }

        (bodies[0], bodies[2]).ShouldBe((bodies[1], bodies[3]));
        bodies[0].ShouldNotBe(bodies[2]);
        system.Calls.ShouldBe(2);
    }

    // Text units, not their UTF-8: half a surrogate pair has none, and every such name would be written alike.
    [Fact]
    public void Names_are_told_apart_unit_by_unit_and_part_by_part()
    {
        string[][] parts =
        [
            ["ab", "c"], ["a", "bc"], ["abc", ""], ["", "abc"], ["abc"], ["\ud800", "x"], ["\ud801", "x"], ["\ufffd", "x"], ["a\u0000b"], ["a", "\u0000b"],
            .. Names.Select(name => new[] { name, "phi-3-mini" }), .. Names.Select(name => new[] { "phi-3-mini", name }),
        ];

        parts.Select(Written).Distinct().Count().ShouldBe(parts.Length);

        static string Written(string[] each)
        {
            using var text = new CanonicalText(16);
            foreach (var part in each)
            {
                text.Write(part);
            }

            return Convert.ToHexString(text.Written);
        }
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":[]}""", """{"a":{}}""")]
    [InlineData("""{"a":[[],[]]}""", """{"a":[[[]]]}""")]
    [InlineData("""{"a":["b","c"]}""", """{"a":["bc"]}""")]
    [InlineData("""{"a":"b","c":"d"}""", """{"a":"b\",\"c\":\"d"}""")]
    [InlineData("""{"a":{"b":1},"c":2}""", """{"a":{"b":1,"c":2}}""")]
    [InlineData("""{"a":null}""", """{"a":false}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":1}""", """{"a":10}""")]
    [InlineData("""{"a":1}""", """{"a":-1}""")]
    [InlineData("""{"a":1e999999999999999999999}""", """{"a":1e999999999999999999998}""")]
    [InlineData("""{"a":0.1}""", """{"a":0.10000000000000000000000000000001}""")]
    [InlineData("""{"a":9007199254740993}""", """{"a":9007199254740992}""")]
    [InlineData("""{"a":"e\u0301"}""", """{"a":"\u00e9"}""")]
    [InlineData("""{"a":"\u0000"}""", """{"a":""}""")]
    [InlineData("""{"a":{"model":"x"}}""", """{"a":{"model":"y"}}""")]
    public void Two_bodies_are_two(string one, string other) => Canonical(one).ShouldNotBe(Canonical(other));

    [Theory]
    [InlineData("""{"a":100,"b":{"d":[1,2],"c":"é"}}""", """ { "b" : { "c" : "\u00e9" , "d" : [ 1.0 , 20e-1 ] } , "\u0061" : 1E+2 } """)]
    [InlineData("""{"a":0}""", """{"a":-0.000e7}""")]
    [InlineData("""{"a":123.4500}""", """{"a":12345e-2}""")]
    [InlineData("""{"a":"/"}""", """{"a":"\/"}""")]
    [InlineData("""{"a":1,"user":"x","stream":true,"model":"m"}""", """{"user":"y","metadata":{},"a":1}""")]
    public void Two_ways_of_writing_one_body_are_one(string one, string other) => Canonical(one).ShouldBe(Canonical(other));

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"b":{"x":1,"y":2,"\u0078":3}}""")]
    [InlineData("""{"a":"\udc00"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"store":true}""")]
    public void A_body_that_says_two_things_or_none_has_no_key(string body) => Canonical(body).ShouldBeNull();

    private static string? Canonical(string body)
    {
        using var text = new CanonicalText(16);
        return new CanonicalBody(Encoding.UTF8.GetBytes(body), text).TryWrite() ? Convert.ToHexString(text.Written) : null;
    }
}
