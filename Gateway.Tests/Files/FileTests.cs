using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Files;

/// <summary><c>/v1/files</c> over the wire.</summary>
[Trait("Requirement", "G5.5")]
[Trait("Requirement", "B6.6")]
public sealed class FileTests(SimulatedGateway gateway) : IAsyncLifetime
{
    private const long HundredBytesTooMany = (200L * 1024 * 1024) + (64 * 1024) + 100;

    private HttpClient _caller = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A tenant of its own for each test.
    public async ValueTask InitializeAsync() => _caller = gateway.Gateway.ClientWith(await gateway.Gateway.CreateKeyAsync(new { name = "files", tenant = $"files-{Guid.NewGuid():N}" }));

    public ValueTask DisposeAsync()
    {
        _caller.Dispose();
        return default;
    }

    [Fact]
    public async Task A_file_is_kept_shown_listed_downloaded_and_deleted()
    {
        var made = await UploadAsync(Form("{}\n{}\n", "batch"));
        var id = (string)made["id"]!;

        ((string?)made["filename"], (long)made["bytes"]!, (string?)made["purpose"]).ShouldBe(("input.jsonl", 6, "batch"));
        ((long)made["expires_at"]! - (long)made["created_at"]!).ShouldBe(30 * 24 * 3600);
        OpenAISchemas.ShouldBeFile(await _caller.GetStringAsync($"/v1/files/{id}", Token)).ToJsonString().ShouldBe(made.ToJsonString());
        (await _caller.GetStringAsync($"/v1/files/{id}/content", Token)).ShouldBe("{}\n{}\n");

        using var deleted = await _caller.DeleteAsync($"/v1/files/{id}", Token);

        (await deleted.Content.ReadAsStringAsync(Token)).ShouldBe($$"""{"object":"file","id":"{{id}}","deleted":true}""");
        await ShouldBeUnknownAsync(_caller, id);
    }

    [Fact]
    public async Task The_fields_may_stand_behind_the_file_and_a_file_of_user_data_stays()
    {
        using var form = new MultipartFormDataContent { { File("abc"), "file", "notes.txt" }, { new StringContent("user_data"), "purpose" } };

        var made = await UploadAsync(form);

        ((string?)made["purpose"], made["expires_at"]).ShouldBe(("user_data", null));
    }

    [Fact]
    public async Task A_file_lives_as_long_as_is_asked_for()
    {
        using var form = Form("{}", "batch", ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "3600"));

        var made = await UploadAsync(form);

        ((long)made["expires_at"]! - (long)made["created_at"]!).ShouldBe(3600);
    }

    [Fact]
    public async Task The_list_comes_in_pages_by_purpose_and_in_either_order()
    {
        var ids = new List<string>();
        foreach (var purpose in (string[])["batch", "user_data", "batch", "batch"])
        {
            ids.Add((string)(await UploadAsync(Form("{}", purpose)))["id"]!);
        }

        (await ListAsync("")).ShouldBe(($"{ids[3]} {ids[2]} {ids[1]} {ids[0]}", false));
        (await ListAsync("?order=asc&limit=2")).ShouldBe(($"{ids[0]} {ids[1]}", true));
        (await ListAsync($"?order=asc&limit=2&after={ids[1]}")).ShouldBe(($"{ids[2]} {ids[3]}", false));
        (await ListAsync("?purpose=user_data")).ShouldBe((ids[1], false));
    }

    [Fact]
    public async Task Another_tenants_file_is_not_there()
    {
        var id = (string)(await UploadAsync(Form("{}", "batch")))["id"]!;
        using var stranger = gateway.Gateway.ClientWith(await gateway.Gateway.CreateKeyAsync(new { name = "stranger", tenant = "strangers" }));

        await ShouldBeUnknownAsync(stranger, id);

        (await _caller.GetStringAsync($"/v1/files/{id}/content", Token)).ShouldBe("{}");
    }

    [Theory]
    [Trait("Requirement", "B6.5")]
    [InlineData("fine-tune", "purpose", "'batch', 'user_data'")]
    [InlineData("", "purpose", "'batch', 'user_data'")]
    public async Task A_purpose_that_is_not_served_is_refused_with_those_that_are(string purpose, string param, string allowed)
    {
        var error = await RefuseAsync(Form("{}", purpose), HttpStatusCode.BadRequest);

        ((string?)error["param"]).ShouldBe(param);
        ((string)error["message"]!).ShouldContain(allowed);
        (await ListAsync("")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_lacks_something_or_has_too_much_is_refused_by_name()
    {
        using var noFile = new MultipartFormDataContent { { new StringContent("batch"), "purpose" } };
        using var noPurpose = new MultipartFormDataContent { { File("{}"), "file", "f" } };
        using var twice = new MultipartFormDataContent { { File("{}"), "file", "f" }, { File("{}"), "file", "f" }, { new StringContent("batch"), "purpose" } };

        ((string?)(await RefuseAsync(noFile, HttpStatusCode.BadRequest))["param"]).ShouldBe("file");
        ((string?)(await RefuseAsync(noPurpose, HttpStatusCode.BadRequest))["param"]).ShouldBe("purpose");
        ((string?)(await RefuseAsync(twice, HttpStatusCode.BadRequest))["code"]).ShouldBe("duplicate_parameter");
        ((string?)(await RefuseAsync(Form("{}", "batch", ("colour", "red")), HttpStatusCode.BadRequest))["param"]).ShouldBe("colour");
        ((string?)(await RefuseAsync(Form("{}", "batch", ("expires_after[seconds]", "3600")), HttpStatusCode.BadRequest))["param"]).ShouldBe("expires_after[anchor]");
        ((string?)(await RefuseAsync(Form("{}", "batch", ("expires_after[anchor]", "created_at"), ("expires_after[seconds]", "60")), HttpStatusCode.BadRequest))["param"]).ShouldBe("expires_after[seconds]");
        (await ListAsync("")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_form_or_a_broken_one_is_refused()
    {
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var broken = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nabc");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        await RefuseAsync(json, HttpStatusCode.UnsupportedMediaType);
        await RefuseAsync(broken, HttpStatusCode.BadRequest);
        (await ListAsync("")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_says_to_be_too_large_is_refused_before_it_comes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/files") { Content = new EndlessContent(HundredBytesTooMany) };
        request.Headers.ExpectContinue = true;

        using var response = await _caller.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        ((string?)OpenAISchemas.ShouldBeError(await response.Content.ReadAsStringAsync(Token))["error"]!["code"]).ShouldBe("file_too_large");
    }

    [Fact]
    public async Task A_file_that_turns_out_to_be_too_large_is_not_kept_and_neither_is_more_than_a_tenant_may_have()
    {
        await using var small = await GatewayHost.StartAsync(gateway.Model, ("Gateway:Files:MaxBytes", "2048"), ("Gateway:Files:MaxTenantBytes", "3000"));
        using var caller = await small.CallerClientAsync();
        (await PostAsync(caller, Form(new string('x', 2048), "batch"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var large = await PostAsync(caller, Form(new string('x', 2049), "batch"));
        using var tooMany = await PostAsync(caller, Form(new string('x', 1000), "batch"));

        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        tooMany.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)OpenAISchemas.ShouldBeError(await tooMany.Content.ReadAsStringAsync(Token))["error"]!["code"]).ShouldBe("storage_limit_exceeded");
    }

    [Fact]
    [Trait("Requirement", "G6.1")]
    public async Task A_stranger_with_a_Bedrock_token_may_not_store_anything()
    {
        using var stranger = gateway.Gateway.ClientWith("ABSKanything");

        (await PostAsync(stranger, Form("{}", "batch"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=10001", "limit")]
    [InlineData("?order=up", "order")]
    [InlineData("?after=file-1", "after")]
    public async Task A_page_that_cannot_be_is_refused(string query, string param)
    {
        using var response = await _caller.GetAsync($"/v1/files{query}", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)OpenAISchemas.ShouldBeError(await response.Content.ReadAsStringAsync(Token))["error"]!["param"]).ShouldBe(param);
    }

    private static StringContent File(string text) => new(text, Encoding.UTF8, "application/jsonl");

    private static MultipartFormDataContent Form(string text, string purpose, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new StringContent(purpose), "purpose" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(File(text), "file", "input.jsonl");
        return form;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient caller, HttpContent form) => caller.PostAsync("/v1/files", form, Token);

    private async Task<JsonObject> UploadAsync(HttpContent form)
    {
        using var response = await PostAsync(_caller, form);
        var body = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return OpenAISchemas.ShouldBeFile(body);
    }

    private async Task<JsonNode> RefuseAsync(HttpContent form, HttpStatusCode status)
    {
        using var response = await PostAsync(_caller, form);
        var body = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(status, body);
        return OpenAISchemas.ShouldBeError(body)["error"]!;
    }

    private async Task<(string Ids, bool HasMore)> ListAsync(string query)
    {
        var list = JsonNode.Parse(await _caller.GetStringAsync($"/v1/files{query}", Token))!;
        return (string.Join(' ', list["data"]!.AsArray().Select(file => (string)OpenAISchemas.ShouldBeFile(file!.ToJsonString())["id"]!)), (bool)list["has_more"]!);
    }

    private static async Task ShouldBeUnknownAsync(HttpClient caller, string id)
    {
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Get, "/content"), (HttpMethod.Delete, "")])
        {
            using var request = new HttpRequestMessage(method, $"/v1/files/{id}{path}");
            using var response = await caller.SendAsync(request, Token);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            OpenAISchemas.ShouldBeError(await response.Content.ReadAsStringAsync(Token));
        }
    }

    /// <summary>Says how long it is; it is never asked for.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly long _length;

        public EndlessContent(long length)
        {
            _length = length;
            Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("The body was asked for.");

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
