using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Access;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Audit;

public sealed class AuditTests(SimulatedGateway system) : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-audit-").FullName;
    private GatewayHost _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(system.Model, ("Data:Directory", _data));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Every_change_says_who_when_from_where_and_what_was_before_and_after()
    {
        var id = (await ChangeInEveryWayAsync()).Id;

        var entries = (await ListAsync(_gateway)).ToArray();

        entries.Select(entry => (string)entry["action"]!).ShouldBe(["key.revoke", "key.rotate", "key.update", "key.create"]);
        foreach (var entry in entries)
        {
            ((string)entry["actor"]!, (string)entry["target"]!, (string)entry["remote_ip"]!).ShouldBe(("admin_key", id, "127.0.0.1"));
            (TimeProvider.System.GetUtcNow() - (DateTimeOffset)entry["at"]!).ShouldBeLessThan(TimeSpan.FromMinutes(5));
            ((string)entry["request_id"]!).ShouldStartWith("req_");
        }

        entries[2]["changes"]!.ToJsonString().ShouldBe("""{"metadata":{"before":["note"],"after":["note","more"]},"name":{"before":"a","after":"b"}}""");
        entries[3]["changes"]!["name"]!.ToJsonString().ShouldBe("""{"before":null,"after":"a"}""");
        var lines = _gateway.Log.Lines.Where(line => line.Category == "Gateway.Audit").Select(line => line.Message).ToArray();
        lines.Length.ShouldBe(4);
        lines[1].ShouldBe($$$"""admin_key did key.update to {{{id}}} from 127.0.0.1: {"metadata":{"before":["note"],"after":["note","more"]},"name":{"before":"a","after":"b"}}""");
    }

    [Fact]
    [Trait("Requirement", "G6.4")]
    public async Task No_secret_is_in_the_trail_nor_in_the_log()
    {
        var (_, secrets) = await ChangeInEveryWayAsync();

        var trail = await File.ReadAllTextAsync(Path.Combine(_data, "audit.jsonl"), Token);
        var log = string.Join('\n', _gateway.Log.Lines.Select(line => line.Message + line.Exception));

        string[] hashes = [.. secrets.Select(secret => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))))];
        foreach (var secret in (string[])[.. secrets, .. hashes, GatewayHost.AdminKey, "what-people-put-there"])
        {
            trail.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(secret);
            log.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(secret);
        }
    }

    [Fact]
    public async Task What_changes_nothing_and_what_is_refused_is_not_taken_down()
    {
        using var admin = _gateway.AdminClient();
        using var refused = await admin.PostAsJsonAsync("/admin/keys", new { nmae = "x" }, Token);
        using var unknown = await admin.DeleteAsync("/admin/keys/nobody", Token);

        (await ListAsync(_gateway)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_trail_outlives_the_process_and_a_line_that_was_cut_and_comes_in_pages()
    {
        await ChangeInEveryWayAsync();
        await _gateway.StopAsync();
        await File.AppendAllTextAsync(Path.Combine(_data, "audit.jsonl"), "{\"id\":\"cut", Token);

        await using var next = await GatewayHost.StartAsync(system.Model, ("Data:Directory", _data));
        await next.MakeKeyAsync();
        using var admin = next.AdminClient();
        var first = (await admin.GetFromJsonAsync<JsonObject>("/admin/audit?limit=2", Token))!;
        var second = (await admin.GetFromJsonAsync<JsonObject>($"/admin/audit?limit=3&after={first["last_id"]}", Token))!;
        using var refused = await admin.GetAsync("/admin/audit?after=nobody", Token);

        first["data"]!.AsArray().Concat(second["data"]!.AsArray()).Select(entry => (string)entry!["action"]!)
            .ShouldBe(["key.create", "key.revoke", "key.rotate", "key.update", "key.create"]);
        ((bool)first["has_more"]!, (bool)second["has_more"]!).ShouldBe((true, false));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Replicas_share_the_trail_through_Redis_and_say_when_it_cannot_be_read()
    {
        await using var redis = await RedisServers.StartRedisAsync();
        await using var one = await GatewayHost.StartAsync(system.Model, ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}"));
        await using var other = await GatewayHost.StartAsync(system.Model, ("ConnectionStrings:redis", $"127.0.0.1:{redis.Port}"));
        await one.UntilReadyAsync();
        await other.UntilReadyAsync();

        var (id, _) = await one.MakeKeyAsync();

        (await ListAsync(other)).Select(entry => (string)entry["target"]!).ShouldBe([id]);
        await redis.KillAsync();
        using var admin = other.AdminClient();
        using var unreadable = await admin.GetAsync("/admin/audit", Token);
        unreadable.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private async Task<(string Id, string[] Secrets)> ChangeInEveryWayAsync()
    {
        using var admin = _gateway.AdminClient();
        using var made = await admin.PostAsJsonAsync("/admin/keys", new { name = "a", metadata = new { note = "what-people-put-there" } }, Token);
        var key = (await made.Content.ReadFromJsonAsync<JsonObject>(Token))!;
        var path = $"/admin/keys/{key["id"]}";
        using var updated = await admin.PatchAsJsonAsync(path, new { name = "b", metadata = new { more = 1 } }, Token);
        using var rotated = await admin.PostAsync($"{path}/rotate", null, Token);
        using var revoked = await admin.DeleteAsync(path, Token);
        updated.StatusCode.ShouldBe(HttpStatusCode.OK);
        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        return ((string)key["id"]!, [(string)key["key"]!, (string)(await rotated.Content.ReadFromJsonAsync<JsonObject>(Token))!["key"]!]);
    }

    private static async Task<IEnumerable<JsonNode>> ListAsync(GatewayHost gateway)
    {
        using var admin = gateway.AdminClient();
        return (await admin.GetFromJsonAsync<JsonObject>("/admin/audit", Token))!["data"]!.AsArray().Select(entry => entry!);
    }
}
