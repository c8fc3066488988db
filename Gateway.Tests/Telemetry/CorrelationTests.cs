using System.Net.Http.Json;
using Gateway.Tests.Hosts;
using Gateway.Tests.Products;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

/// <summary>One id and one trace, from the caller through every service to its log. What the ledger's log says of an event is in IntakeTests.</summary>
[Trait("Requirement", "G4.2")]
[Trait("Requirement", "D3.2")]
public sealed class CorrelationTests(GuardedShop shop) : IClassFixture<GuardedShop>
{
    private const string Id = "order-4711";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string TraceParent = $"00-{Trace}-b7ad6b7169203331-01";

    [Fact]
    public async Task A_request_has_the_callers_id_and_trace_upstream_and_in_every_line_of_the_log()
    {
        var sent = new TaskCompletionSource<(string Id, string Trace)>();
        await using var upstream = await ScriptedUpstream.StartAsync(context =>
        {
            sent.TrySetResult((context.Request.Headers["x-request-id"].ToString(), context.Request.Headers.TraceParent.ToString()));
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(upstream, ("Gateway:Limits:Retries", "0"));
        using var caller = await gateway.CallerClientAsync();

        using var response = await SendAsync(caller, Chat());

        response.Headers.GetValues("x-request-id").ShouldBe([Id]);
        (await sent.Task).ShouldBe((Id, TraceParent));
        var line = gateway.Log.Lines.Single(line => line.Message.Contains("did not answer", StringComparison.Ordinal));
        (line.Scope["RequestId"], line.Scope["TraceId"]).ShouldBe((Id, Trace));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    public async Task What_is_no_trace_goes_no_further(string traceParent)
    {
        var sent = new TaskCompletionSource<string>();
        await using var upstream = await ScriptedUpstream.StartAsync(context =>
        {
            sent.TrySetResult(context.Request.Headers.TraceParent.ToString());
            return TwoTargets.AnswerAsync(context);
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();
        using var request = Chat();
        request.Headers.TryAddWithoutValidation("traceparent", traceParent);

        using var response = await caller.SendAsync(request, TestContext.Current.CancellationToken);

        (await sent.Task).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_product_server_logs_what_came_through_the_gateway_under_the_same_id_and_trace()
    {
        using var caller = await shop.Gateway.CallerClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp/products") { Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "no/such/method" }) };
        request.Headers.Add("Accept", "application/json, text/event-stream");

        using var response = await SendAsync(caller, request);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var lines = shop.Products.Log.Lines.Where(line => line.Category.StartsWith("ModelContextProtocol", StringComparison.Ordinal)).ToArray();
        lines.ShouldContain(line => line.Scope.ContainsKey("RequestId") && Equals(line.Scope["RequestId"], Id) && Equals(line.Scope["TraceId"], Trace), string.Join('\n', lines.Select(line => $"{line.Level} {line.Message} {string.Join(',', line.Scope)}")));
    }

    [Fact]
    public async Task Services_that_are_asked_directly_give_an_id_of_their_own_where_none_was_sent()
    {
        using var refused = await shop.Products.Http.GetAsync("/mcp", TestContext.Current.CancellationToken);

        refused.Headers.GetValues("x-request-id").Single().ShouldStartWith("req_");
    }

    [Fact]
    public async Task A_secret_is_nobodys_id()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Add("x-request-id", "sk-gw-abcdefghijklmnop");

        using var response = await shop.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.Headers.GetValues("x-request-id").Single().ShouldStartWith("req_");
    }

    private static HttpRequestMessage Chat() => new(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("""{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}]}""", null, "application/json") };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient caller, HttpRequestMessage request)
    {
        request.Headers.Add("x-request-id", Id);
        request.Headers.Add("traceparent", TraceParent);
        using (request)
        {
            return await caller.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }
}
