using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

/// <summary><c>GET /admin/events</c>: what whoever watches is told of.</summary>
public sealed class AdminEventsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G7.2")]
    [Trait("Requirement", "G6.5")]
    public async Task Keys_and_configuration_are_told_as_they_change_and_who_was_cut_off_goes_on()
    {
        await using var model = await ModelHost.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(model);
        using var admin = gateway.AdminClient();
        await gateway.CreateKeyAsync();
        string seen;
        JsonNode made;
        await using (var events = await EventReader.OpenAsync(admin, "/admin/events", Token))
        {
            ShouldBe(await events.NextAsync(), "ready", """{"version":0}""");
            using var answer = await admin.PostAsJsonAsync("/admin/keys", new { name = "new" }, Token);
            made = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
            var told = await events.NextAsync();
            ShouldBe(told, "key", $$"""{"id":"{{made["id"]}}","status":"active"}""");
            seen = told.Id;
        }

        (await admin.DeleteAsync(new Uri($"/admin/keys/{made["id"]}", UriKind.Relative), Token)).Dispose();
        await using var again = await EventReader.OpenAsync(admin, "/admin/events", Token, seen);
        (await again.NextAsync()).Name.ShouldBe("ready");
        ShouldBe(await again.NextAsync(), "key", $$"""{"id":"{{made["id"]}}","status":"revoked"}""");
        (await admin.PutAsJsonAsync("/admin/config", new { Limits = new { Retries = 1 } }, Token)).EnsureSuccessStatusCode().Dispose();
        ShouldBe(await again.NextAsync(), "config", """{"version":1,"refused":false}""");
        (await admin.PutAsJsonAsync("/admin/config", new { Limits = new { Retries = -1 } }, Token)).Dispose();
        ShouldBe(await again.NextAsync(), "config", """{"version":1,"refused":true}""");
        await using var lost = await EventReader.OpenAsync(admin, "/admin/events", Token, "another-1");
        (await lost.NextAsync()).Name.ShouldBe("reset");
    }

    [Fact]
    [Trait("Requirement", "G4.5")]
    public async Task A_circuit_that_opens_is_told_with_the_reason()
    {
        await using var targets = await TwoTargets.StartAsync(context => TwoTargets.FailAsync(context, 500), fallback: null, ("Gateway:Limits:Retries", "0"));
        using var admin = targets.Gateway.AdminClient();
        await using var events = await EventReader.OpenAsync(admin, "/admin/events", Token);
        (await events.NextAsync()).Name.ShouldBe("ready");
        for (var i = 0; i < 5; i++)
        {
            using var response = await targets.CallAsync();
        }

        var (_, name, data) = await events.NextAsync();
        name.ShouldBe("circuit");
        ((string)data["model"]!, (string)data["target"]!, (string)data["circuit"]!, (bool)data["available"]!).ShouldBe(("phi-3-mini", TwoTargets.Primary, "open", false));
        ((string)data["reason"]!).ShouldContain("Most of its last attempts failed");
    }

    [Fact]
    [Trait("Requirement", "G4.3")]
    public async Task Alerts_of_the_cost_worker_are_told_as_they_begin_grow_worse_and_end()
    {
        var list = """{"object":"list","data":[{"id":"alert_0","severity":"info","started_at":"2026-01-01T00:00:00Z"}],"recent":[{"id":"alert_old","severity":"info","started_at":"2026-01-01T00:00:00Z","resolved_at":"2026-01-02T00:00:00Z"}]}""";
        await using var worker = await ScriptedUpstream.StartAsync(context => context.Response.WriteAsync(Volatile.Read(ref list), Token));
        await using var gateway = await GatewayHost.StartAsync(worker, ("services:cost:http:0", worker.Address.AbsoluteUri));
        using var admin = gateway.AdminClient();
        await using var events = await EventReader.OpenAsync(admin, "/admin/events", Token);
        (await events.NextAsync()).Name.ShouldBe("ready");

        Volatile.Write(ref list, """{"data":[{"id":"alert_1","severity":"warning","started_at":"2126-01-01T00:00:00Z"},{"id":"alert_0","severity":"info","started_at":"2026-01-01T00:00:00Z"}],"recent":[]}""");
        ShouldBe(await events.NextAsync(), "alert", """{"event":"alert.raised","alert":{"id":"alert_1","severity":"warning","started_at":"2126-01-01T00:00:00Z"}}""");
        Volatile.Write(ref list, """{"data":[{"id":"alert_1","severity":"critical","started_at":"2126-01-01T00:00:00Z"},{"id":"alert_0","severity":"info","started_at":"2026-01-01T00:00:00Z"}],"recent":[]}""");
        (await events.NextAsync()).Data["event"]!.ToString().ShouldBe("alert.escalated");
        Volatile.Write(ref list, """{"data":[],"recent":[{"id":"alert_0","severity":"info","started_at":"2026-01-01T00:00:00Z","resolved_at":"2126-01-02T00:00:00Z"}]}""");
        var (_, _, data) = await events.NextAsync();
        ((string)data["event"]!, (string)data["alert"]!["id"]!).ShouldBe(("alert.resolved", "alert_0"));
    }

    private static void ShouldBe((string Id, string Name, JsonNode Data) told, string name, string data)
    {
        told.Name.ShouldBe(name);
        JsonNode.DeepEquals(told.Data, JsonNode.Parse(data)).ShouldBeTrue(told.Data.ToJsonString());
    }
}
