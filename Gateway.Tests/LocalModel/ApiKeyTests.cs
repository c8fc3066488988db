using System.Net;
using System.Net.Http.Headers;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class ApiKeyTests(ApiKeyTests.GuardedServer server) : IClassFixture<ApiKeyTests.GuardedServer>
{
    [Fact]
    public async Task Without_the_key_everything_under_v1_is_a_401()
    {
        using var models = await server.Client.GetAsync("/v1/models", TestContext.Current.CancellationToken);
        models.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (status, error) = await server.RefusedAsync("/v1/chat/completions", ModelServer.Chat("x"));
        status.ShouldBe(401);
        error["code"]!.GetValue<string>().ShouldBe("invalid_api_key");

        using var health = await server.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        health.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "let-me-in") } };
        using var admitted = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        admitted.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public sealed class GuardedServer : ModelServer
    {
        protected override (string Key, string Value)[] Settings => [("Model:ApiKey", "let-me-in")];
    }
}
