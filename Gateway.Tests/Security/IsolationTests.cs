using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Batches;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>Whoever has another tenant's ids has nothing: at every route that takes one they are unknown, and whose they are still finds all of it.</summary>
[Trait("Requirement", "G6.1")]
public sealed class IsolationTests(SimulatedGateway gateway) : IAsyncLifetime
{
    private const string Secret = "what-only-acme-knows";

    /// <summary>Every route that has an id in its path, and what of the owner's it is called with.</summary>
    private static readonly Dictionary<string, string> Routes = new(StringComparer.Ordinal)
    {
        ["GET /v1/responses/{id}"] = "response",
        ["DELETE /v1/responses/{id}"] = "response",
        ["POST /v1/responses/{id}/cancel"] = "response",
        ["GET /v1/responses/{id}/input_items"] = "response",
        ["GET /v1/files/{id}"] = "file",
        ["DELETE /v1/files/{id}"] = "file",
        ["GET /v1/files/{id}/content"] = "file",
        ["GET /v1/batches/{id}"] = "batch",
        ["POST /v1/batches/{id}/cancel"] = "batch",
    };

    /// <summary>Every other way to name something that is kept.</summary>
    private static readonly (string Line, string Body)[] Others =
    [
        ("POST /v1/responses", """{"model":"phi-3-mini","input":"Repeat it.","previous_response_id":"{response}"}"""),
        ("POST /v1/responses", """{"model":"phi-3-mini","input":[{"type":"item_reference","id":"{item}"}]}"""),
        ("POST /v1/batches", """{"input_file_id":"{file}","endpoint":"/v1/chat/completions","completion_window":"24h"}"""),
        ("POST /v1/feedback", """{"request_id":"{request}","score":1}"""),
        ("GET /v1/files?after={file}", ""),
        ("GET /v1/batches?after={batch}", ""),
    ];

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly string _tenant = $"acme-{Guid.NewGuid():N}";
    private HttpClient _owner = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Strangers => ["globex", "default", "ACME", "acme", "{acme}", "acme/../acme", "%61cme", "acme-"];

    public async ValueTask InitializeAsync()
    {
        _owner = gateway.Gateway.ClientWith(await gateway.Gateway.CreateKeyAsync(new { name = "owner", tenant = _tenant }));
        var response = await PostAsync("/v1/responses", new { model = "phi-3-mini", input = $"Say {Secret}" });
        _ids["response"] = (string)response["id"]!;
        _ids["item"] = (string)response["output"]![0]!["id"]!;
        var batches = new BatchCaller(_owner);
        var batch = await batches.EndOfAsync(await batches.CreateAsync(BatchCaller.Line("line", $"Say {Secret}")));
        _ids["batch"] = (string)batch["id"]!;
        _ids["file"] = (string)batch["output_file_id"]!;
        using var chat = await _owner.PostAsJsonAsync("/v1/chat/completions", new { model = "phi-3-mini", messages = new[] { new { role = "user", content = Secret } } }, Token);
        _ids["request"] = chat.Headers.GetValues("x-request-id").Single();
    }

    public ValueTask DisposeAsync()
    {
        _owner.Dispose();
        return default;
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Another_tenants_ids_are_unknown_at_every_route(string tenant)
    {
        using var stranger = gateway.Gateway.ClientWith(await gateway.Gateway.CreateKeyAsync(new { name = "stranger", tenant = tenant.Replace("acme", _tenant, StringComparison.Ordinal) == _tenant ? "acme" : tenant }));
        foreach (var (route, kind) in Routes)
        {
            await ShouldKnowNothingAsync(stranger, route.Replace("{id}", _ids[kind], StringComparison.Ordinal), body: "", [HttpStatusCode.NotFound]);
        }

        foreach (var (line, body) in Others)
        {
            await ShouldKnowNothingAsync(stranger, Filled(line), Filled(body), [HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        }

        foreach (var list in (string[])["/v1/files", "/v1/batches"])
        {
            (await stranger.GetStringAsync(list, Token)).ShouldNotContain(_ids["file"]);
        }

        // All of it is still there, and its owner's.
        (await _owner.GetStringAsync($"/v1/responses/{_ids["response"]}", Token)).ShouldContain(Secret);
        (await _owner.GetStringAsync($"/v1/files/{_ids["file"]}/content", Token)).ShouldContain(Secret);
        ((string?)(await new BatchCaller(_owner).GetAsync(_ids["batch"]))["status"]).ShouldBe("completed");
    }

    [Fact]
    public void No_route_that_takes_an_id_is_left_out()
    {
        var routes = gateway.Gateway.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            // What takes all that is left of a path finds an alias, which is the operator's, or nothing.
            .Where(endpoint => endpoint.RoutePattern.Parameters.Any(parameter => !parameter.IsCatchAll) && endpoint.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        routes.Order(StringComparer.Ordinal).ShouldBe(Routes.Keys.Order(StringComparer.Ordinal));
    }

    private static async Task ShouldKnowNothingAsync(HttpClient stranger, string line, string body, HttpStatusCode[] statuses)
    {
        var parts = line.Split(' ', 2);
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]) { Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await stranger.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        statuses.ShouldContain(response.StatusCode, $"{line}: {text}");
        text.ShouldNotContain(Secret);
    }

    private string Filled(string template) => _ids.Aggregate(template, (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    private async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await _owner.PostAsJsonAsync(path, body, Token);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!;
    }
}
