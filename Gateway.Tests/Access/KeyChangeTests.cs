using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

/// <summary>PATCH, rotate and DELETE of <c>/admin/keys/{id}</c>.</summary>
public sealed class KeyChangeTests(SimulatedGateway system) : IAsyncLifetime
{
    private HttpClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _admin = system.Gateway.AdminClient();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    [Trait("Requirement", "G6.1")]
    public async Task What_a_patch_names_changes_null_clears_and_the_rest_stays()
    {
        var key = await MakeAsync("""
            {"name":"a","owner":"ops","tenant":"acme","user":"ann","tier":"free","models":["phi-3-mini"],
             "limits":{"requests_per_minute":5,"tokens_per_minute":50},"budget":{"usd":1,"period":"day"},"metadata":{"team":"red","site":"x"}}
            """);

        var (status, changed) = await PatchAsync(key, """
            {"name":"b","user":null,"models":null,"limits":{"requests_per_minute":null,"requests_per_day":9},"budget":{"usd":2.5},"metadata":{"site":null,"floor":3},"expires_at":"2099-01-01T00:00:00Z"}
            """);

        status.ShouldBe(HttpStatusCode.OK);
        foreach (var same in new[] { "id", "object", "prefix", "owner", "tenant", "tier", "created_at", "status" })
        {
            changed[same]!.ToJsonString().ShouldBe(key[same]!.ToJsonString());
        }

        ((string)changed["name"]!, changed["user"]).ShouldBe(("b", null));
        changed["models"]!.ToJsonString().ShouldBe("[]");
        changed["limits"]!.ToJsonString().ShouldBe("""{"requests_per_minute":null,"tokens_per_minute":50,"concurrent_requests":null,"requests_per_day":9}""");
        changed["budget"]!.ToJsonString().ShouldBe("""{"usd":2.5,"period":"day"}""");
        changed["metadata"]!.ToJsonString().ShouldBe("""{"team":"red","floor":3}""");
        ((string)changed["expires_at"]!).ShouldBe("2099-01-01T00:00:00+00:00");
        (await ShownAsync(key)).ShouldBe(changed.ToJsonString());
    }

    [Theory]
    [InlineData("""{"nmae":"b"}""", "nmae")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"tenant":"other"}""", "tenant")]
    [InlineData("""{"expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"limits":{"requests_per_day":-1}}""", "limits.requests_per_day")]
    [InlineData("""{"limits":{"tokens_per_minute":2000000000}}""", "limits.tokens_per_minute")]
    [InlineData("""{"limits":{"tokens_per_minute":1e30}}""", "limits.tokens_per_minute")]
    [InlineData("""{"limits":{"per_second":1}}""", "limits.per_second")]
    [InlineData("""{"budget":{"usd":1e12}}""", "budget.usd")]
    [InlineData("""{"models":[""]}""", "models")]
    [InlineData("""{"status":"active"}""", "status")]
    [InlineData("""{"name":"a","name":"b"}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public async Task A_patch_that_does_not_fit_is_refused_by_name_and_changes_nothing(string patch, string? param)
    {
        var key = await MakeAsync("""{"name":"a"}""");

        var (status, error) = await PatchAsync(key, patch);

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)error["error"]!["param"]).ShouldBe(param);
        var secret = (string)key["key"]!;
        key.Remove("key");
        (await ShownAsync(key)).ShouldBe(key.ToJsonString());
        (await system.Gateway.StatusAsync(secret)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task A_disabled_key_is_refused_until_it_is_enabled_again()
    {
        var key = await MakeAsync("""{"name":"a"}""");
        var secret = (string)key["key"]!;

        ((string)(await PatchAsync(key, """{"disabled":true}""")).Body["status"]!).ShouldBe("disabled");
        (await system.Gateway.StatusAsync(secret)).ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await PatchAsync(key, """{"disabled":false}""")).Body["status"]!).ShouldBe("active");
        (await system.Gateway.StatusAsync(secret)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task A_rotated_key_has_a_new_secret_and_the_old_one_is_good_for_the_overlap_only()
    {
        var key = await MakeAsync("""{"name":"a","user":"ann"}""");

        var overlapping = await RotateAsync(key, """{"overlap_seconds":3600}""");
        var (first, second) = ((string)key["key"]!, (string)overlapping["key"]!);
        (await system.Gateway.StatusAsync(first), await system.Gateway.StatusAsync(second)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        overlapping["previous_key_expires_at"].ShouldNotBeNull();
        ((string)overlapping["id"]!, (string)overlapping["user"]!).ShouldBe(((string)key["id"]!, "ann"));

        var third = (string)(await RotateAsync(key, ""))["key"]!;
        (await system.Gateway.StatusAsync(first), await system.Gateway.StatusAsync(second), await system.Gateway.StatusAsync(third))
            .ShouldBe((HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("""{"overlap_seconds":-1}""", "overlap_seconds")]
    [InlineData("""{"overlap_seconds":604801}""", "overlap_seconds")]
    [InlineData("""{"overlap":1}""", "overlap")]
    public async Task A_rotation_that_cannot_be_is_refused(string body, string param)
    {
        var key = await MakeAsync("""{"name":"a"}""");

        using var response = await _admin.PostAsync($"/admin/keys/{key["id"]}/rotate", Json(body), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await ReadAsync(response))["error"]!["param"]).ShouldBe(param);
        (await system.Gateway.StatusAsync((string)key["key"]!)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_revoked_key_is_changed_and_rotated_no_more_nor_are_its_secrets_good()
    {
        var key = await MakeAsync("""{"name":"a"}""");
        var second = (string)(await RotateAsync(key, """{"overlap_seconds":3600}"""))["key"]!;
        await system.Gateway.RevokeAsync((string)key["id"]!);

        (await PatchAsync(key, """{"disabled":false}""")).Status.ShouldBe(HttpStatusCode.Conflict);
        using var rotation = await _admin.PostAsync($"/admin/keys/{key["id"]}/rotate", null, Token);
        rotation.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await system.Gateway.StatusAsync((string)key["key"]!), await system.Gateway.StatusAsync(second)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_not_found()
    {
        using var patched = await _admin.PatchAsync("/admin/keys/nobody", Json("{}"), Token);
        using var rotated = await _admin.PostAsync("/admin/keys/nobody/rotate", null, Token);
        using var revoked = await _admin.DeleteAsync("/admin/keys/nobody", Token);

        new[] { patched, rotated, revoked }.ShouldAllBe(response => response.StatusCode == HttpStatusCode.NotFound);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<JsonObject> MakeAsync(string body)
    {
        using var response = await _admin.PostAsync("/admin/keys", Json(body), Token);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await ReadAsync(response);
    }

    private async Task<string> ShownAsync(JsonObject key) => (await _admin.GetFromJsonAsync<JsonObject>($"/admin/keys/{key["id"]}", Token))!.ToJsonString();

    private async Task<(HttpStatusCode Status, JsonObject Body)> PatchAsync(JsonObject key, string patch)
    {
        using var response = await _admin.PatchAsync($"/admin/keys/{key["id"]}", Json(patch), Token);
        return (response.StatusCode, await ReadAsync(response));
    }

    private async Task<JsonObject> RotateAsync(JsonObject key, string body)
    {
        using var response = await _admin.PostAsync($"/admin/keys/{key["id"]}/rotate", body.Length == 0 ? null : Json(body), Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await ReadAsync(response);
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonObject>(Token))!;
}
