using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

/// <summary>The configuration changed over HTTP: put, compared, refused, put back.</summary>
public sealed class AdminConfigTests(SimulatedGateway simulated) : IAsyncLifetime
{
    private GatewayHost _gateway = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(simulated.Model);
        _key = await _gateway.CreateKeyAsync();
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    [Trait("Requirement", "G7.2")]
    public async Task What_is_put_is_in_force_at_once_and_takes_the_place_of_what_was_put_before()
    {
        var before = await _gateway.ConfigAsync();
        (await _gateway.PutAsync(ConfigProbe.Alias("first"))).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.AliasesAsync(_key)).ShouldContain("first");
        var (status, shown) = await _gateway.PutAsync("""{"Gateway":{"Models":{"second":{"Targets":[{"Provider":"local","Model":"m"}]},"local-embeddings":null},"Limits":{"Retries":1}}}""");

        status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.AliasesAsync(_key)).ShouldBe(["phi-3-mini", "second"]);
        ((int)before["version"]!, (string?)before["author"]).ShouldBe((0, null));
        ((int)shown["version"]!, (string?)shown["author"], (int)shown["gateway"]!["Limits"]!["Retries"]!).ShouldBe((2, "administrator", 1));
        ((int)shown["overlay"]!["Limits"]!["Retries"]!).ShouldBe(1);
        shown["changed_at"].ShouldNotBeNull();
        JsonNode.DeepEquals(await _gateway.ConfigAsync(), shown).ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_that_is_put_takes_the_place_of_the_list_that_was_there()
    {
        await _gateway.PutAsync("""{"Models":{"phi-3-mini":{"Targets":[{"Provider":"local","Model":"other"}]}}}""");

        var targets = (await _gateway.ConfigAsync())["gateway"]!["Models"]!["phi-3-mini"]!["Targets"]!.AsArray();
        targets.Select(target => (string)target!["Model"]!).ShouldBe(["other"]);
    }

    [Fact]
    public async Task What_is_shown_can_be_put()
    {
        var shown = await _gateway.ConfigAsync();

        var (status, after) = await _gateway.PutAsync(shown.ToJsonString());

        status.ShouldBe(HttpStatusCode.OK, after.ToJsonString());
        JsonNode.DeepEquals(after["gateway"], shown["gateway"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_change_and_changes_nothing()
    {
        var (status, difference) = await _gateway.PutAsync("""{"Models":{"local-embeddings":null,"m":{"Targets":[{"Provider":"local","Model":"x"}]}},"Limits":{"Retries":0}}""", "?dry_run=true");

        status.ShouldBe(HttpStatusCode.OK);
        difference["changed"]!.ToJsonString().ShouldBe("""[{"key":"Gateway:Limits:Retries","before":2,"after":0}]""");
        difference["added"]!.AsArray().Select(entry => $"{entry!["key"]}={entry["value"]}").ShouldContain("Gateway:Models:m:Targets:0:Model=x");
        difference["removed"]!.AsArray().Select(entry => $"{entry!["key"]}={entry["value"]}").ShouldContain("Gateway:Models:local-embeddings:Targets:0:Model=local-embeddings");
        ((int)(await _gateway.ConfigAsync())["version"]!).ShouldBe(0);
        (await _gateway.PutAsync("""{"Limits":{"Retries":99}}""", "?dry_run=true")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _gateway.ConfigAsync())["faults"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "G7.4")]
    public async Task Of_writers_at_once_one_wins_and_the_others_learn_the_version()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => _gateway.PutAsync($$$"""{"version":0,"gateway":{"Limits":{"Retries":{{{writer}}} } } }""")));

        replies.Count(reply => reply.Status == HttpStatusCode.OK).ShouldBe(1);
        foreach (var (_, body) in replies.Where(reply => reply.Status != HttpStatusCode.OK))
        {
            ((string)body["error"]!["code"]!, (int)body["version"]!).ShouldBe(("version_conflict", 1));
        }

        (await _gateway.PutAsync("{}", ifMatch: "\"0\"")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _gateway.PutAsync("{}", ifMatch: "\"1\"")).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.PutAsync("{}", ifMatch: "one")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Requirement", "G7.2")]
    public async Task One_call_puts_back_the_version_before_or_any_that_is_kept()
    {
        for (var retries = 3; retries <= 5; retries++)
        {
            await _gateway.PutAsync($$$"""{"Limits":{"Retries":{{{retries}}} }}""");
        }

        (await RetriesAfterRollBackAsync("")).ShouldBe((4, 4));
        (await RetriesAfterRollBackAsync("""{"version":1}""")).ShouldBe((5, 3));
        (await RetriesAfterRollBackAsync("""{"version":0}""")).ShouldBe((6, 2));
        (await _gateway.RollBackAsync("""{"version":77}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        var history = await _gateway.ConfigAsync("/history?limit=2&after=6");
        history["data"]!.AsArray().Select(item => ((int)item!["version"]!, (int?)item["rollback_to"])).ShouldBe([(5, 1), (4, 2)]);
        ((bool)history["has_more"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task There_is_nothing_to_put_back_before_anything_was_put() => (await _gateway.RollBackAsync()).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task The_last_fifty_versions_are_kept()
    {
        for (var version = 1; version <= 53; version++)
        {
            (await _gateway.PutAsync("{}")).Status.ShouldBe(HttpStatusCode.OK);
        }

        var history = await _gateway.ConfigAsync("/history?limit=100");
        history["data"]!.AsArray().Select(item => (int)item!["version"]!).ShouldBe(Enumerable.Range(4, 50).Reverse());
    }

    [Fact]
    public async Task Who_changed_what_is_in_the_audit_trail()
    {
        await _gateway.PutAsync("""{"Limits":{"Retries":0}}""");

        using var admin = _gateway.AdminClient();
        var trail = await admin.GetFromJsonAsync<JsonObject>("/admin/audit?limit=1", TestContext.Current.CancellationToken);
        var entry = trail!["data"]!.AsArray().Single()!;
        ((string)entry["action"]!, (string)entry["target"]!).ShouldBe(("config.update", "1"));
        entry["changes"]!.ToJsonString().ShouldBe("""{"Gateway:Limits:Retries":{"before":2,"after":0}}""");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused() =>
        (await _gateway.PutAsync($$$"""{"Models":{"{{{new string('x', 1024 * 1024)}}}":null}}""")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    private async Task<(int Version, int Retries)> RetriesAfterRollBackAsync(string body)
    {
        var (status, shown) = await _gateway.RollBackAsync(body);
        status.ShouldBe(HttpStatusCode.OK);
        return ((int)shown["version"]!, (int)shown["gateway"]!["Limits"]!["Retries"]!);
    }
}
