using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access;

public sealed class ApiKeyTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-keys-").FullName;
    private ModelHost _model = null!;
    private GatewayHost _gateway = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await ModelHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(_model, ("Data:Directory", _data));
        _admin = _gateway.AdminClient();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _gateway.DisposeAsync();
        await _model.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    [Trait("Requirement", "G6.1")]
    public async Task A_new_key_opens_the_gateway_and_only_its_hash_is_kept()
    {
        using var response = await _admin.PostAsJsonAsync("/admin/keys", new { name = "laptop", tenant = "acme" }, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var created = await ReadAsync(response);
        var secret = (string)created["key"]!;

        secret.ShouldMatch("^sk-gw-[A-Za-z0-9_-]{43}$");
        response.Headers.Location!.ToString().ShouldBe($"/admin/keys/{created["id"]}");
        (await StatusOfModelsWith(secret)).ShouldBe(HttpStatusCode.OK);
        var kept = await File.ReadAllTextAsync(Path.Combine(_data, "keys.json"), TestContext.Current.CancellationToken);
        kept.ShouldNotContain(secret);
        kept.ShouldContain(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_data, "keys.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_key_is_shown_whole_when_it_is_made_and_never_again()
    {
        var created = await CreateAsync(new { name = "once", models = new[] { "phi-3-mini" }, metadata = new { team = "red" } });

        var shown = await GetAsync($"/admin/keys/{created["id"]}");

        created.Remove("key");
        shown.ToJsonString().ShouldBe(created.ToJsonString());
    }

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task A_revoked_key_is_refused_at_once_and_says_so()
    {
        var created = await CreateAsync(new { name = "lost" });
        var secret = (string)created["key"]!;
        (await StatusOfModelsWith(secret)).ShouldBe(HttpStatusCode.OK);

        using var revoked = await _admin.DeleteAsync($"/admin/keys/{created["id"]}", TestContext.Current.CancellationToken);

        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var caller = _gateway.ClientWith(secret);
        using var refused = await caller.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await ReadAsync(refused))["error"]!["message"]!).ShouldContain("revoked");
        ((string)(await GetAsync($"/admin/keys/{created["id"]}"))["status"]!).ShouldBe("revoked");
    }

    [Fact]
    public async Task Keys_outlive_the_process_and_so_do_revocations()
    {
        var (kept, lost) = (await CreateAsync(new { name = "kept" }), await CreateAsync(new { name = "lost" }));
        using var revoked = await _admin.DeleteAsync($"/admin/keys/{lost["id"]}", TestContext.Current.CancellationToken);

        await using var next = await GatewayHost.StartAsync(_model, ("Data:Directory", _data));

        (await StatusOfModelsWith((string)kept["key"]!, next)).ShouldBe(HttpStatusCode.OK);
        (await StatusOfModelsWith((string)lost["key"]!, next)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_stop_the_start_and_the_file_stays()
    {
        var file = Path.Combine(_data, "keys.json");
        await File.WriteAllTextAsync(file, "[{\"id\":", TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<InvalidDataException>(() => GatewayHost.StartAsync(_model, ("Data:Directory", _data)));

        failure.Message.ShouldContain(file);
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe("[{\"id\":");
    }

    [Fact]
    public async Task A_key_for_some_models_gets_no_others_and_sees_no_others()
    {
        var created = await CreateAsync(new { name = "narrow", models = new[] { "local-embeddings" } });
        using var caller = _gateway.ClientWith((string)created["key"]!);

        using var refused = await caller.PostAsJsonAsync("/v1/chat/completions", Hello(), TestContext.Current.CancellationToken);
        var models = await caller.GetFromJsonAsync<JsonObject>("/v1/models", TestContext.Current.CancellationToken);

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string)(await ReadAsync(refused))["error"]!["code"]!).ShouldBe("model_not_allowed");
        models!["data"]!.AsArray().Select(model => (string)model!["id"]!).ShouldBe(["local-embeddings"]);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"x","nmae":"y"}""", "nmae")]
    [InlineData("""{"name":"x","tenant":""}""", "tenant")]
    [InlineData("""{"name":"x","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"x","expires_at":"soon"}""", "expires_at")]
    [InlineData("""{"name":"x","limits":{"requests_per_minute":0}}""", "limits.requests_per_minute")]
    [InlineData("""{"name":"x","limits":{"requests_per_minute":"many"}}""", "limits.requests_per_minute")]
    [InlineData("""{"name":"x","budget":{"usd":-1}}""", "budget.usd")]
    [InlineData("""{"name":"x","budget":{"usd":1,"period":"week"}}""", "budget.period")]
    [InlineData("""null""", null)]
    [InlineData("""[1]""", null)]
    [InlineData("""{"name""", null)]
    public async Task A_key_that_cannot_be_made_is_refused_by_the_name_of_its_fault(string body, string? param)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await _admin.PostAsync("/admin/keys", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await ReadAsync(response))["error"]!["param"]).ShouldBe(param);
    }

    [Fact]
    public async Task Keys_are_listed_in_pages_oldest_first()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((string)(await CreateAsync(new { name = $"key {i}" }))["id"]!);
        }

        var first = await GetAsync("/admin/keys?limit=3");
        var second = await GetAsync($"/admin/keys?limit=3&after={first["last_id"]}");

        ((bool)first["has_more"]!, (bool)second["has_more"]!).ShouldBe((true, false));
        first["data"]!.AsArray().Concat(second["data"]!.AsArray()).Select(key => (string)key!["id"]!).ShouldBe(ids);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=many", "limit")]
    [InlineData("?after=nobody", "after")]
    public async Task A_page_that_cannot_be_is_refused(string query, string param)
    {
        using var response = await _admin.GetAsync($"/admin/keys{query}", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await ReadAsync(response))["error"]!["param"]).ShouldBe(param);
    }

    [Fact]
    public async Task An_unknown_key_id_is_not_found()
    {
        using var response = await _admin.GetAsync("/admin/keys/nobody", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)(await ReadAsync(response))["error"]!["code"]!).ShouldBe("key_not_found");
    }

    [Fact]
    public async Task Each_kind_of_key_opens_only_its_own_doors()
    {
        var secret = (string)(await CreateAsync(new { name = "caller" }))["key"]!;
        using var caller = _gateway.ClientWith(secret);

        using var adminAsCaller = await _admin.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        using var callerAsAdmin = await caller.GetAsync("/admin/keys", TestContext.Current.CancellationToken);
        using var nobodyAsAdmin = await _gateway.Http.GetAsync("/admin/keys", TestContext.Current.CancellationToken);

        (adminAsCaller.StatusCode, callerAsAdmin.StatusCode, nobodyAsAdmin.StatusCode)
            .ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Without_an_admin_key_nobody_is_administrator()
    {
        await using var gateway = await GatewayHost.StartAsync(_model, ("GATEWAY_ADMIN_KEY", ""));
        using var client = gateway.ClientWith("");
        using var guess = gateway.AdminClient();

        (await client.GetAsync("/admin/keys", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await guess.GetAsync("/admin/keys", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static object Hello() => new { model = "phi-3-mini", messages = new[] { new { role = "user", content = "Hello" } } };

    private async Task<JsonObject> CreateAsync(object body)
    {
        using var response = await _admin.PostAsJsonAsync("/admin/keys", body, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await ReadAsync(response);
    }

    private async Task<JsonObject> GetAsync(string path) => (await _admin.GetFromJsonAsync<JsonObject>(path, TestContext.Current.CancellationToken))!;

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;

    private async Task<HttpStatusCode> StatusOfModelsWith(string secret, GatewayHost? gateway = null)
    {
        using var caller = (gateway ?? _gateway).ClientWith(secret);
        using var response = await caller.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
