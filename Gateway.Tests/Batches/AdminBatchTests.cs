using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Batches;

/// <summary>What an administrator sees of all tenants' batches, and may cancel.</summary>
[Trait("Requirement", "G5.5")]
public sealed class AdminBatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_batches_of_all_tenants_are_listed_and_cancelled(bool isShared)
    {
        await using var upstream = await BatchUpstream.StartAsync();
        await using var redis = isShared ? await RedisServers.StartRedisAsync() : null;
        await using var gateway = await GatewayHost.StartAsync(upstream.Host, ("ConnectionStrings:redis", redis is null ? "" : $"127.0.0.1:{redis.Port}"), ("Gateway:Tiers:none:RequestsPerDay", "1"));
        using var acme = gateway.ClientWith(await gateway.CreateKeyAsync(new { name = "a", tenant = "acme" }));
        using var globex = gateway.ClientWith(await gateway.CreateKeyAsync(new { name = "g", tenant = "globex", tier = "none" }));
        using var admin = gateway.AdminClient();
        var done = await new BatchCaller(acme).RunAsync(BatchCaller.Lines(3));
        var waiting = await new BatchCaller(globex).CreateAsync(BatchCaller.Lines(3));
        var waitingId = (string)waiting["id"]!;

        var all = (await ListAsync(admin, "")).ToList();
        all.Select(batch => ((string)batch!["id"]!, (string)batch["tenant"]!)).ShouldBe([(waitingId, "globex"), ((string)done["id"]!, "acme")]);
        ((double)all[1]!["progress"]!, ((string)all[1]!["key"]!)[..4]).ShouldBe((1, "key_"));
        (await ListAsync(admin, "tenant=acme&status=completed")).Count.ShouldBe(1);
        (await ListAsync(admin, "tenant=acme&status=failed")).ShouldBeEmpty();

        using var cancelled = await admin.PostAsync(new Uri($"/admin/batches/{waitingId}/cancel", UriKind.Relative), content: null, Token);
        ((string)(await cancelled.Content.ReadFromJsonAsync<JsonObject>(Token))!["status"]!).ShouldBeOneOf("cancelling", "cancelled");
        ((string)(await new BatchCaller(globex).EndOfAsync(waiting))["status"]!).ShouldBe("cancelled");
        var audit = await admin.GetFromJsonAsync<JsonObject>(new Uri("/admin/audit?limit=1", UriKind.Relative), Token);
        ((string)audit!["data"]![0]!["action"]!, (string)audit["data"]![0]!["target"]!).ShouldBe(("batch.cancel", waitingId));
        (await new BatchCaller(globex).GetAsync(waitingId)).ContainsKey("tenant").ShouldBeFalse();
    }

    [Theory]
    [InlineData("GET", "/admin/batches?status=gone", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/admin/batches/batch_unknown", HttpStatusCode.NotFound)]
    [InlineData("POST", "/admin/batches/batch_unknown/cancel", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_said(string method, string path, HttpStatusCode status)
    {
        await using var upstream = await BatchUpstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(upstream.Host);
        using var admin = gateway.AdminClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await admin.SendAsync(request, Token);

        response.StatusCode.ShouldBe(status);
    }

    private static async Task<JsonArray> ListAsync(HttpClient admin, string query) =>
        (await admin.GetFromJsonAsync<JsonObject>(new Uri($"/admin/batches?{query}", UriKind.Relative), Token))!["data"]!.AsArray();
}
