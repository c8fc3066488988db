using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

public sealed class BadInputTests : IAsyncLifetime
{
    private const string Chat = "/v1/chat/completions";
    private const string Hello = """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""";

    private ModelHost _model = null!;
    private GatewayHost _gateway = null!;
    private HttpClient _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await ModelHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(_model);
        _caller = await _gateway.CallerClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _gateway.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("{nope", 400, null, null)]
    [InlineData("[]", 400, null, null)]
    [InlineData("", 400, null, null)]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", 400, "model", "missing_required_parameter")]
    [InlineData("""{"model":"nobody","messages":[{"role":"user","content":"x"}]}""", 404, "model", "model_not_found")]
    [InlineData("""{"model":"phi-3-mini","messages":[]}""", 400, "messages", null)]
    [InlineData("""{"model":"phi-3-mini","messages":"x"}""", 400, "messages", "invalid_type")]
    [InlineData("""{"model":"phi-3-mini","messages":[{"role":"user","content":7}]}""", 400, "messages[0].content", null)]
    [InlineData("""{"model":"phi-3-mini","temperature":9,"messages":[{"role":"user","content":"x"}]}""", 400, "temperature", null)]
    [Trait("Requirement", "B7.4")]
    [Trait("Requirement", "V7.3")]
    public async Task A_body_that_is_wrong_is_refused_and_the_parameter_named(string body, int status, string? param, string? code)
    {
        using var response = await _caller.PostAsync(Chat, Json(body), TestContext.Current.CancellationToken);

        await ShouldBeError(response, status, param, code);
    }

    [Fact]
    [Trait("Requirement", "B8.4")]
    public async Task An_unmapped_model_is_named_in_the_error()
    {
        using var response = await _caller.PostAsync(Chat, Json(Hello.Replace("phi-3-mini", "gpt-9", StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        var error = await ShouldBeError(response, 404, "model", "model_not_found");
        error.ShouldContain("'gpt-9'");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Eleven_megabytes_are_refused_whether_their_length_is_declared_or_not(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Chat) { Content = Json(new string(' ', 11 * 1024 * 1024)) };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await _caller.SendAsync(request, TestContext.Current.CancellationToken);

        await ShouldBeError(response, 413, null, "request_too_large");
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var body = $$"""{"model":"phi-3-mini","messages":[{"role":"user","content":"x"}],"tools":{{new string('[', 200)}}{{new string(']', 200)}}}""";

        using var response = await _caller.PostAsync(Chat, Json(body), TestContext.Current.CancellationToken);

        await ShouldBeError(response, 400, null, null);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        using var content = new ByteArrayContent([.. "{\"model\":\""u8, 0xc3, 0x28, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };

        using var response = await _caller.PostAsync(Chat, content, TestContext.Current.CancellationToken);

        await ShouldBeError(response, 400, null, null);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_content_type_other_than_JSON_is_refused(string? contentType)
    {
        using var content = Json(Hello);
        content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        using var response = await _caller.PostAsync(Chat, content, TestContext.Current.CancellationToken);

        await ShouldBeError(response, 415, null, "unsupported_content_type");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer sk-gw-nobody-ever-made-this-key-0123456789")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    [Trait("Requirement", "G6.2")]
    [Trait("Requirement", "B7.2")]
    public async Task A_missing_or_unknown_key_is_refused(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Chat) { Content = Json(Hello) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await _gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await ShouldBeError(response, 401, null, "invalid_api_key");
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("GET", "/v1/nope", 404, "unknown_url")]
    [InlineData("POST", "/v1/images/generations", 404, "unknown_url")]
    [InlineData("GET", "/", 404, "unknown_url")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_supported")]
    [InlineData("DELETE", "/v1/models", 405, "method_not_supported")]
    [InlineData("GET", "/v1/models/nobody", 404, "model_not_found")]
    [Trait("Requirement", "B6.5")]
    public async Task An_unknown_route_or_method_is_refused(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await _caller.SendAsync(request, TestContext.Current.CancellationToken);

        await ShouldBeError(response, status, code == "model_not_found" ? "model" : null, code);
        if (status == 405)
        {
            response.Content.Headers.Allow.ShouldNotBeEmpty();
        }
    }

    [Fact]
    [Trait("Requirement", "G6.2")]
    public async Task Without_a_key_even_unknown_routes_only_ask_for_one()
    {
        using var response = await _gateway.Http.GetAsync("/v1/nope", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_next_request_is_served_after_all_of_this()
    {
        using var response = await _caller.PostAsync(Chat, Json(Hello), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    // In OpenAI's form, with an id to ask about, and nothing of it an error of ours.
    private async Task<string> ShouldBeError(HttpResponseMessage response, int status, string? param, string? code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        response.Headers.GetValues("x-request-id").Single().ShouldStartWith("req_");
        var root = JsonNode.Parse(text)!.AsObject();
        root.Select(field => field.Key).ShouldBe(["error"]);
        var error = root["error"]!.AsObject();
        error.Select(field => field.Key).ShouldBe(["message", "type", "param", "code"]);
        ((string?)error["type"]).ShouldBe("invalid_request_error");
        ((string?)error["param"]).ShouldBe(param, text);
        ((string?)error["code"]).ShouldBe(code, text);
        _gateway.Log.Errors.ShouldBeEmpty();
        return (string)error["message"]!;
    }
}
