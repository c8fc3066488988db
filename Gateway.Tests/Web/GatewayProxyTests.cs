using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Web;

/// <summary>What the demo site passes on, and what it says where nobody is there to pass it on to.</summary>
public sealed class GatewayProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_carry_the_visitors_address_and_not_what_the_visitor_says_of_it()
    {
        var came = new TaskCompletionSource<Dictionary<string, string>>();
        await using var gateway = await ScriptedUpstream.StartAsync(http =>
        {
            came.TrySetResult(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()));
            return Task.CompletedTask;
        });
        await using var web = await WebHost.StartAsync(gateway.Address, ("GATEWAY_ADMIN_KEY", ""));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/keys");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("Forwarded", "for=203.0.113.7");
        request.Headers.Add("Cookie", "a=b");
        request.Headers.Add("x-gateway-details", "true");

        using var answer = await web.Http.SendAsync(request, Token);
        var headers = await came.Task.WaitAsync(Token);

        headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        headers["x-gateway-details"].ShouldBe("true");
        headers["Host"].ShouldBe(gateway.Address.Authority);
        headers.Keys.ShouldNotContain("Forwarded");
        headers.Keys.ShouldNotContain("Cookie");
    }

    [Fact]
    public async Task A_stream_is_passed_on_as_it_comes()
    {
        var goOn = new TaskCompletionSource();
        await using var gateway = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: 1\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await goOn.Task;
            await http.Response.WriteAsync("data: 2\n\n", http.RequestAborted);
        });
        await using var web = await WebHost.StartAsync(gateway.Address, ("GATEWAY_ADMIN_KEY", ""));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Headers.Add("Accept-Encoding", "br, gzip");

        using var answer = await web.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        var first = await reader.ReadLineAsync(Token);
        goOn.SetResult();

        first.ShouldBe("data: 1");
        (await reader.ReadToEndAsync(Token)).ShouldBe("\ndata: 2\n\n");
    }

    [Fact]
    public async Task How_much_is_too_much_is_for_the_gateway_to_say()
    {
        await using var gateway = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        });
        await using var web = await WebHost.StartAsync(gateway.Address);
        using var large = new ByteArrayContent(new byte[31 * 1024 * 1024]);

        using var answer = await web.Http.PostAsync("/v1/files", large, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_gateway_that_is_away_is_503_in_words()
    {
        await using var web = await WebHost.StartAsync(new Uri("http://127.0.0.1:9"), ("GATEWAY_ADMIN_KEY", ""));

        using var answer = await web.Http.GetAsync("/v1/models", Token);
        var error = await answer.Content.ReadFromJsonAsync<JsonObject>(Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        ((string?)error!["error"]!["code"]).ShouldBe("gateway_unreachable");
    }
}
