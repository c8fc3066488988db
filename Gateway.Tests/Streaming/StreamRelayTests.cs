using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Streaming;

/// <summary>What a caller sees of a stream, over real sockets, when its upstream behaves and when it does not.</summary>
public class StreamRelayTests
{
    private const string Role = """data: {"id":"c1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""" + "\n\n";
    private const string Text = """data: {"id":"c1","choices":[{"index":0,"delta":{"content":"Hé"},"finish_reason":null}],"new_field":{"x":1}}""" + "\n\n";
    private const string Stop = """data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\n";
    private const string Done = "data: [DONE]\n\n";

    [Fact]
    [Trait("Requirement", "B6.4")]
    public async Task A_stream_arrives_byte_for_byte()
    {
        const string Sent = ": ping\n\n" + Role + Text + ": ping\n\n" + Stop + Done;

        var (status, received, headers) = await CallAsync(context => SendAsync(context, Sent));

        status.ShouldBe(HttpStatusCode.OK);
        received.ShouldBe(Sent);
        headers.ShouldSatisfyAllConditions(
            () => headers["Content-Type"].ShouldBe("text/event-stream"),
            () => headers["x-gateway-target"].ShouldBe("local/microsoft/Phi-3-mini-4k-instruct"),
            () => headers["x-gateway-attempts"].ShouldBe("1"));
    }

    [Fact]
    public async Task The_first_chunk_reaches_the_caller_before_the_upstream_has_the_second()
    {
        var received = await CallInTwoStepsAsync(Role, context => SendAsync(context, Stop + Done));

        received.ShouldBe(Role + Stop + Done);
    }

    [Fact]
    public async Task A_stream_that_is_cut_ends_with_an_error_and_without_DONE()
    {
        var received = await CallInTwoStepsAsync(Role, context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        ShouldEndInError(received, Role, "upstream_error");
    }

    [Fact]
    public async Task A_stream_that_just_ends_is_not_taken_for_complete()
    {
        var (_, received, _) = await CallAsync(context => SendAsync(context, Role + Text));

        ShouldEndInError(received, Role + Text, "upstream_error");
    }

    [Fact]
    public async Task A_stream_of_two_choices_of_which_one_is_missing_its_end_is_not_complete()
    {
        var (_, received, _) = await CallAsync(context => SendAsync(context, Role + Stop), """{"model":"phi-3-mini","stream":true,"n":2,"messages":[{"role":"user","content":"x"}]}""");

        ShouldEndInError(received, Role + Stop, "upstream_error");
    }

    [Fact]
    public async Task A_stream_that_ends_after_its_finish_reason_is_complete()
    {
        var (_, received, _) = await CallAsync(context => SendAsync(context, Role + Text + Stop));

        received.ShouldBe(Role + Text + Stop + Done);
    }

    [Fact]
    public async Task A_stream_that_stalls_is_ended_with_an_error()
    {
        var (_, received, _) = await CallAsync(
            async context =>
            {
                await SendAsync(context, Role + Text);
                await UntilCancelled(context);
            },
            settings: ("Gateway:Limits:StreamIdleTimeoutSeconds", "0.2"));

        ShouldEndInError(received, Role + Text, "timeout");
    }

    [Fact]
    public async Task A_malformed_chunk_is_left_out_and_the_rest_arrives()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(context => SendAsync(context, Role + "data: {\"choices\":[{\n\n" + Text + Stop + Done));
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();

        var (_, received, _) = await CallAsync(caller);

        received.ShouldBe(Role + Text + Stop + Done);
        gateway.Log.Lines.Where(line => line.Level == LogLevel.Warning).ShouldHaveSingleItem().Message.ShouldContain("is no JSON");
    }

    [Fact]
    public async Task An_error_in_the_middle_is_told_in_our_words_and_ends_the_stream()
    {
        var (_, received, _) = await CallAsync(context => SendAsync(context, Role + """data: {"error":{"message":"out of memory"}}""" + "\n\n" + Text + Done));

        ShouldEndInError(received, Role, "upstream_error").ShouldContain("out of memory");
    }

    [Theory]
    [InlineData("""data: {"error":{"message":"out of memory"}}""" + "\n\n")]
    [InlineData("data: [DONE]\n\n")]
    [InlineData(": nothing\n\n")]
    [InlineData("")]
    public async Task A_stream_that_has_no_first_chunk_is_an_error_with_a_status(string sent)
    {
        var (status, received, _) = await CallAsync(context => SendAsync(context, sent));

        status.ShouldBe(HttpStatusCode.BadGateway);
        ((string?)JsonNode.Parse(received)!["error"]!["code"]).ShouldBe("upstream_error");
    }

    [Fact]
    public async Task Plain_JSON_in_place_of_a_stream_is_an_error_with_a_status()
    {
        var (status, _, _) = await CallAsync(context => context.Response.WriteAsJsonAsync(new { id = "c1" }));

        status.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task A_chunk_of_a_megabyte_passes()
    {
        var large = $$$"""data: {"choices":[{"index":0,"delta":{"content":"{{{new string('x', 1 << 20)}}}"},"finish_reason":"stop"}]}""" + "\n\n";

        var (_, received, _) = await CallAsync(context => SendAsync(context, large + Done));

        received.ShouldBe(large + Done);
    }

    [Fact]
    public async Task A_frame_without_end_does_not_fill_memory()
    {
        var (_, received, _) = await CallAsync(async context =>
        {
            await SendAsync(context, Role);
            var piece = new string('x', 1 << 16);
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(piece, context.RequestAborted);
            }
        });

        ShouldEndInError(received, Role, "upstream_error");
    }

    [Fact]
    public async Task When_the_caller_leaves_the_upstream_is_cancelled_and_nothing_is_logged_as_an_error()
    {
        var cancelled = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            await SendAsync(context, Role);
            await UntilCancelled(context);
            cancelled.SetResult();
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using (var caller = await gateway.CallerClientAsync())
        {
            var response = await caller.SendAsync(StreamRequest(), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            response.Dispose();
        }

        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        gateway.Log.Lines.Where(line => line.Level >= LogLevel.Warning).ShouldBeEmpty();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static HttpRequestMessage StreamRequest(string? body = null) => new(HttpMethod.Post, "/v1/chat/completions")
    {
        Content = Json(body ?? """{"model":"phi-3-mini","stream":true,"messages":[{"role":"user","content":"x"}]}"""),
    };

    /// <summary>The upstream takes its second step only when the caller has the whole of the first; returns all that the caller got.</summary>
    private static async Task<string> CallInTwoStepsAsync(string first, RequestDelegate second)
    {
        var callerHasFirst = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            await SendAsync(context, first);
            await callerHasFirst.Task;
            await second(context);
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();
        using var request = StreamRequest();
        using var response = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var start = new byte[Encoding.UTF8.GetByteCount(first)];
        await body.ReadExactlyAsync(start, TestContext.Current.CancellationToken);
        callerHasFirst.SetResult();
        using var rest = new StreamReader(body);
        return Encoding.UTF8.GetString(start) + await rest.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<(HttpStatusCode Status, string Body, Dictionary<string, string> Headers)> CallAsync(
        RequestDelegate script, string? body = null, params (string Key, string Value)[] settings)
    {
        await using var upstream = await ScriptedUpstream.StartAsync(script);
        await using var gateway = await GatewayHost.StartAsync(upstream, settings);
        using var caller = await gateway.CallerClientAsync();
        return await CallAsync(caller, body);
    }

    private static async Task<(HttpStatusCode Status, string Body, Dictionary<string, string> Headers)> CallAsync(HttpClient caller, string? body = null)
    {
        using var response = await caller.SendAsync(StreamRequest(body), TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(",", header.Value));
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), headers);
    }

    private static async Task SendAsync(HttpContext context, string bytes)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        await context.Response.WriteAsync(bytes);
        await context.Response.Body.FlushAsync();
    }

    private static async Task UntilCancelled(HttpContext context)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private static string ShouldEndInError(string received, string before, string code)
    {
        received.ShouldStartWith(before);
        var last = received[before.Length..];
        last.ShouldStartWith("data: {");
        last.ShouldEndWith("}\n\n");
        received.ShouldNotContain("[DONE]");
        var error = JsonNode.Parse(last["data: ".Length..])!["error"]!;
        ((string?)error["code"]).ShouldBe(code);
        return (string)error["message"]!;
    }
}
