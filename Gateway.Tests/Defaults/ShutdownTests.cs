using System.Net;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Defaults;

public class ShutdownTests
{
    private const string First = """data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}""" + "\n\n";
    private const string Rest = """data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n";

    [Fact]
    public async Task A_stream_under_way_finishes_after_the_gateway_was_told_to_stop()
    {
        var stopping = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(First);
            await context.Response.Body.FlushAsync();
            await stopping.Task;
            await context.Response.WriteAsync(Rest);
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"x"}]}""", null, "application/json"),
        };
        using var response = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        var stopped = gateway.StopAsync();
        await Stopping(gateway);
        stopped.IsCompleted.ShouldBeFalse();
        stopping.SetResult();

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(First + Rest);
        await stopped;
    }

    [Fact]
    public async Task A_stopping_gateway_says_that_it_is_not_ready()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await GatewayHost.StartAsync(upstream);
        gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var ready = await gateway.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        using var alive = await gateway.Http.GetAsync("/health", TestContext.Current.CancellationToken);

        (ready.StatusCode, alive.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
    }

    private static async Task Stopping(GatewayHost gateway)
    {
        var signal = new TaskCompletionSource();
        await using var registration = gateway.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(signal.SetResult);
        await signal.Task;
    }
}
