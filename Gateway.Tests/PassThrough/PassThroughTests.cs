using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using Gateway.Tests.Metering;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.PassThrough;

/// <summary>What reaches the provider of a request that the gateway has no route for, and what of its reply reaches the caller.</summary>
[Trait("Requirement", "G1.1")]
public sealed class PassThroughTests(MeteredGateway gateway) : IClassFixture<MeteredGateway>
{
    private readonly string _id = $"req-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_request_goes_on_as_it_came_but_for_the_credential_and_a_binary_reply_comes_back_whole()
    {
        byte[] sound = [0xFF, 0xFB, 0x00, 0x0D, 0x0A, 0x0D, 0x0A, 0x80];
        IHeaderDictionary sent = new HeaderDictionary();
        (string Method, string Target, string Body) asked = default;
        gateway.Script(_id, async context =>
        {
            sent = new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase));
            asked = (context.Request.Method, $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}", await new StreamReader(context.Request.Body).ReadToEndAsync(TestContext.Current.CancellationToken));
            context.Response.Headers["x-upstream"] = "kept";
            context.Response.Headers["openai-organization"] = "org-of-the-operator";
            context.Response.Headers["x-ratelimit-limit-requests"] = "5000";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.SetCookie = "a=1; path=/";
            context.Response.ContentType = "audio/mpeg";
            await context.Response.Body.WriteAsync(sound);
        });

        const string Body = """{"model":"tts-1","input":"Hé","voice":"alloy","x_unknown":[1]}""";
        using var response = await SendAsync(
            HttpMethod.Post, "/v1/audio/speech?format=mp3&q=a%20b%2Fc", new StringContent(Body, Encoding.UTF8, "application/json"),
            ("Cookie", "session=1"), ("OpenAI-Organization", "org-of-the-caller"), ("OpenAI-Beta", "assistants=v2"), ("X-Forwarded-For", "10.0.0.7"), ("x-api-key", gateway.Key));

        asked.ShouldBe(("POST", "/v1/audio/speech?format=mp3&q=a%20b%2Fc", Body));
        sent.Authorization.ToString().ShouldBe($"Bearer {MeteredGateway.ProviderKey}");
        sent.SelectMany(header => header.Value).ShouldNotContain(value => value!.Contains(gateway.Key, StringComparison.Ordinal));
        (sent["x-request-id"].ToString(), sent.Cookie.ToString(), sent["OpenAI-Beta"].ToString(), sent.ContentType.ToString())
            .ShouldBe((_id, "", "assistants=v2", "application/json; charset=utf-8"));
        (sent.ContainsKey("OpenAI-Organization"), sent.ContainsKey("X-Forwarded-For"), sent.ContainsKey("x-api-key")).ShouldBe((false, false, false));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(sound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("audio/mpeg");
        Header(response, "x-request-id").ShouldBe(_id);
        Header(response, "x-gateway-target").ShouldBe("local/tts-1");
        Header(response, "x-upstream").ShouldBe("kept");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        response.Headers.Contains("openai-organization").ShouldBeFalse();
        response.Headers.Contains("x-ratelimit-limit-requests").ShouldBeFalse();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PURGE")]
    public async Task Every_method_goes_on(string method)
    {
        var asked = "";
        gateway.Script(_id, context =>
        {
            asked = context.Request.Method;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        });

        using var response = await SendAsync(new HttpMethod(method), "/v1/uploads/upload-1");

        (asked, response.StatusCode).ShouldBe((method, HttpStatusCode.Accepted));
    }

    [Fact]
    public async Task A_route_of_the_gateways_goes_on_for_the_methods_that_it_does_not_take()
    {
        gateway.Script(_id, context => context.Response.WriteAsync("stored"));

        using var response = await SendAsync(HttpMethod.Get, "/v1/chat/completions");

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("stored");
    }

    [Fact]
    public async Task An_upload_streams_through_part_by_part()
    {
        // More than is gathered before it is sent.
        var beginning = new string('x', 16 * 1024);
        var firstPart = new TaskCompletionSource();
        var received = "";
        gateway.Script(_id, async context =>
        {
            var form = new StringBuilder();
            var buffer = new byte[4096];
            while (await context.Request.Body.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
            {
                form.Append(Encoding.UTF8.GetString(buffer, 0, count));
                firstPart.TrySetResult();
            }

            received = form.ToString();
            await context.Response.WriteAsync("{}");
        });
        using var upload = new MultipartFormDataContent("boundary")
        {
            { new StringContent("whisper-1"), "model" },
            { new SlowContent(beginning, firstPart.Task, "end"), "file", "sound.wav" },
        };

        using var response = await SendAsync(HttpMethod.Post, "/v1/audio/transcriptions", upload);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        received.ShouldContain($"{beginning}end");
        received.TrimEnd().ShouldEndWith("--boundary--");
    }

    [Fact]
    public async Task Events_reach_the_caller_as_they_are_sent()
    {
        var seen = new TaskCompletionSource();
        gateway.Script(_id, async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await seen.Task.WaitAsync(TestContext.Current.CancellationToken);
            await context.Response.WriteAsync("data: 2\n\n");
        });

        using var response = await SendAsync(HttpMethod.Post, "/v1/threads/runs", new StringContent("{}", Encoding.UTF8, "application/json"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("data: 1");
        seen.SetResult();

        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("\ndata: 2\n\n");
        (await gateway.EventOfAsync(_id)).Streamed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_WebSocket_goes_through_in_both_directions()
    {
        gateway.Script(_id, async context =>
        {
            context.Request.Headers.Authorization.ToString().ShouldBe($"Bearer {MeteredGateway.ProviderKey}");
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64];
            var message = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.UTF8.GetBytes($"echo {Encoding.UTF8.GetString(buffer, 0, message.Count)}"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", TestContext.Current.CancellationToken);
        });
        using var caller = new ClientWebSocket();
        caller.Options.SetRequestHeader("Authorization", $"Bearer {gateway.Key}");
        caller.Options.SetRequestHeader("x-request-id", _id);
        caller.Options.CollectHttpResponseDetails = true;

        await caller.ConnectAsync(new Uri($"ws://{gateway.Gateway.Address.Authority}/v1/realtime?model=voice"), TestContext.Current.CancellationToken);
        await caller.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var reply = new byte[64];
        var received = await caller.ReceiveAsync(reply, TestContext.Current.CancellationToken);
        await caller.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        Encoding.UTF8.GetString(reply, 0, received.Count).ShouldBe("echo hello");
        caller.HttpResponseHeaders!["x-gateway-target"].ShouldBe(["local/voice"]);
        var usage = await gateway.EventOfAsync(_id);
        (usage.Operation, usage.Model, usage.HttpStatus, usage.CostNanoUsd).ShouldBe(("realtime", "voice", 101, null));
    }

    [Theory]
    [InlineData("/v1/chat//completions")]
    [InlineData("/v1/chat%2Fcompletions")]
    [InlineData("/v1/chat%5Ccompletions")]
    [InlineData("/v1/")]
    [InlineData("/v2/files")]
    public async Task A_path_that_the_provider_could_read_otherwise_goes_nowhere(string path)
    {
        gateway.Script(_id, context => context.Response.WriteAsync("reached"));
        var asIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        Uri.TryCreate($"{gateway.Gateway.Address.AbsoluteUri.TrimEnd('/')}{path}", asIs, out var address).ShouldBeTrue();

        using var response = await SendAsync(HttpMethod.Post, address!);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("unknown_url");
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, new Uri(gateway.Gateway.Address, path), content, headers);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Key);
        request.Headers.Add("x-request-id", _id);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private sealed class SlowContent(string first, Task until, string second) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(first));
            await stream.FlushAsync();
            await until.WaitAsync(TestContext.Current.CancellationToken);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(second));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
