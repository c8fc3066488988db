using System.Net;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Endpoints;

public sealed class UsageReportsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("usage?from=2026-11-01&by=tenant,model")]
    [InlineData("forecast?by=tenant")]
    public async Task The_cost_workers_answer_comes_through_with_the_question_and_the_admin_key(string question)
    {
        var asked = "";
        await using var worker = await ScriptedUpstream.StartAsync(context =>
        {
            asked = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization}";
            context.Response.StatusCode = 400;
            return context.Response.WriteAsJsonAsync(new { error = "by" }, Token);
        });
        await using var gateway = await GatewayHost.StartAsync(worker, ("services:cost:http:0", worker.Address.AbsoluteUri));
        using var admin = gateway.AdminClient();

        using var response = await admin.GetAsync(new Uri($"/admin/{question}", UriKind.Relative), Token);

        asked.ShouldBe($"GET /{question} Bearer {GatewayHost.AdminKey}");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("""{"error":"by"}""");
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("objectives")]
    [InlineData("traffic")]
    [InlineData("requests")]
    public async Task So_do_alerts_objectives_traffic_and_requests(string path)
    {
        await using var worker = await ScriptedUpstream.StartAsync(context => context.Response.WriteAsJsonAsync(new { path = context.Request.Path.Value }, Token));
        await using var gateway = await GatewayHost.StartAsync(worker, ("services:cost:http:0", worker.Address.AbsoluteUri));
        using var admin = gateway.AdminClient();

        (await admin.GetStringAsync(new Uri($"/admin/{path}", UriKind.Relative), Token)).ShouldBe($$"""{"path":"/{{path}}"}""");
    }

    [Fact]
    public async Task A_stream_comes_through_as_it_comes_and_ends_when_the_gateway_stops()
    {
        var next = new TaskCompletionSource();
        await using var worker = await ScriptedUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"data: \"{context.Request.Headers["Last-Event-ID"]}\"\n\n", Token);
            await next.Task;
            await context.Response.WriteAsync("data: 2\n\n", Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(worker, ("services:cost:http:0", worker.Address.AbsoluteUri));
        using var admin = gateway.AdminClient();

        await using var stream = await EventReader.OpenAsync(admin, "/admin/requests/stream", Token, "seen");
        ((string)(await stream.NextAsync()).Data!).ShouldBe("seen");
        next.SetResult();
        ((int)(await stream.NextAsync()).Data).ShouldBe(2);
        var stopping = gateway.StopAsync();
        (await stream.HasEndedAsync()).ShouldBeTrue();
        await stopping;
    }

    [Fact]
    public async Task Without_a_worker_or_with_one_that_is_away_the_answer_says_so()
    {
        await using var model = await ModelHost.StartAsync();
        await using var alone = await GatewayHost.StartAsync(model);
        await using var left = await GatewayHost.StartAsync(model, ("services:cost:http:0", "http://127.0.0.1:9"));

        await ShouldSayAsync(alone, "runs without a cost worker");
        await ShouldSayAsync(left, "does not answer at present");
    }

    private static async Task ShouldSayAsync(GatewayHost gateway, string words)
    {
        using var admin = gateway.AdminClient();
        using var response = await admin.GetAsync(new Uri("/admin/usage", UriKind.Relative), Token);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain(words);
    }
}
