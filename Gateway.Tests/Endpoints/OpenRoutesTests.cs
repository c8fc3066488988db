using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

/// <summary>The routes that take no key: health and the description of the API.</summary>
public sealed class OpenRoutesTests : IAsyncLifetime
{
    private ModelHost _model = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await ModelHost.StartAsync();
        _gateway = await GatewayHost.StartAsync(_model);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("/health", """{"status":"ok","checks":{}}""")]
    [InlineData("/alive", """{"status":"ok","checks":{}}""")]
    [InlineData("/health/ready", """{"status":"ok","checks":{"process":"ok"}}""")]
    [Trait("Requirement", "V5.2")]
    public async Task Health_is_told_to_anybody(string path, string body)
    {
        using var response = await _gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(body);
    }

    [Fact]
    public async Task The_API_describes_itself()
    {
        var text = await _gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        var document = JsonNode.Parse(text)!;
        document["paths"]!.AsObject().Select(path => path.Key).ShouldBe(
            ["/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses", "/v1/responses/{id}", "/v1/responses/{id}/cancel", "/v1/responses/{id}/input_items", "/v1/messages", "/v1/messages/count_tokens", "/v1/models", "/v1/models/{id}", "/admin/keys", "/admin/keys/{id}", "/admin/keys/{id}/rotate", "/admin/flags", "/admin/flags/{name}", "/admin/experiments", "/admin/experiments/{name}", "/v1/feedback", "/admin/feedback", "/admin/audit", "/admin/usage", "/admin/forecast", "/admin/alerts", "/admin/objectives", "/admin/providers", "/admin/models", "/admin/traffic", "/admin/requests", "/admin/requests/stream", "/admin/budgets", "/admin/events", "/admin/batches", "/admin/batches/{id}", "/admin/batches/{id}/cancel", "/admin/products/import", "/admin/config", "/admin/config/history", "/admin/config/rollback", "/schema/gateway.json", "/v1/files", "/v1/files/{id}", "/v1/files/{id}/content", "/v1/batches", "/v1/batches/{id}", "/v1/batches/{id}/cancel"], ignoreOrder: true);
        ((string?)document["components"]!["securitySchemes"]!["bearer"]!["scheme"]).ShouldBe("bearer");
    }

    [Fact]
    public async Task Aliases_without_a_credential_for_their_provider_are_not_listed_and_those_with_one_are()
    {
        await using var withOpenAI = await GatewayHost.StartAsync(_model, ("OPENAI_API_KEY", "sk-upstream"));

        (await ModelsOf(_gateway)).ShouldBe(["local-embeddings", "phi-3-mini"]);
        (await ModelsOf(withOpenAI)).ShouldBe(["gpt-4o", "gpt-4o-mini", "local-embeddings", "phi-3-mini", "text-embedding-3-small"]);
    }

    private static async Task<IEnumerable<string>> ModelsOf(GatewayHost gateway)
    {
        using var caller = await gateway.CallerClientAsync();
        var list = JsonNode.Parse(await caller.GetStringAsync("/v1/models", TestContext.Current.CancellationToken))!;
        return list["data"]!.AsArray().Select(model => (string)model!["id"]!);
    }
}
