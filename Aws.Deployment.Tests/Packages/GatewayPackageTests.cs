using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Aws.Deployment.Packages;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Packages;

public sealed class GatewayPackageTests(GatewayPackage gateway, ITestOutputHelper output)
{
    private const string Frame = """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}""";
    private const string Last = """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";
    private const string Reply = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"word"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    [Fact]
    [Trait("Requirement", "D5.2")]
    public async Task The_package_is_at_most_40_MB_and_holds_what_starts_it()
    {
        var package = await gateway.BuiltAsync();

        package.Bytes.ShouldBeLessThanOrEqualTo(40_000_000);
        package.Bytes.ShouldBe(new FileInfo(package.Path).Length);
        using var zip = await ZipFile.OpenReadAsync(package.Path, TestContext.Current.CancellationToken);
        zip.Entries.Select(entry => entry.FullName).ShouldContain("Yarp.ReverseProxy.dll");
        zip.GetEntry(HandlerScript.FileName)!.ExternalAttributes.ShouldBe(0b1_000_000_111_101_101 << 16);
        output.WriteLine($"{package.Bytes:N0} bytes, {zip.Entries.Count} files, sha256 {package.Sha256}");
    }

    [Fact]
    [Trait("Requirement", "B2.2")]
    [Trait("Requirement", "D5.2")]
    public async Task Started_as_Lambda_would_it_answers_and_streams()
    {
        Assert.SkipWhen(LambdaSandbox.Missing is not null, LambdaSandbox.Missing ?? "");
        var cancellationToken = TestContext.Current.CancellationToken;
        var package = await gateway.BuiltAsync();
        var more = new TaskCompletionSource();
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            using var request = new StreamReader(http.Request.Body);
            if (!(await request.ReadToEndAsync(http.RequestAborted)).Contains("\"stream\":true", StringComparison.Ordinal))
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(Reply, http.RequestAborted);
                return;
            }

            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(Frame + "\n\n", http.RequestAborted);
            await more.Task.WaitAsync(http.RequestAborted);
            await http.Response.WriteAsync($"{Last}\n\ndata: [DONE]\n\n", http.RequestAborted);
        });
        var port = FreePort();
        var began = Stopwatch.GetTimestamp();
        await using var sandbox = LambdaSandbox.Start(package.Path, new Dictionary<string, string>
        {
            ["PORT"] = $"{port}",
            ["AWS_LAMBDA_FUNCTION_NAME"] = "ai-gateway-dev",
            ["GATEWAY_ADMIN_KEY"] = "admin-key-of-the-test",
            ["OPENAI_API_KEY"] = "",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "",
            ["Data__Directory"] = "",
            ["Gateway__Providers__local__BaseUrl"] = $"{upstream.Address}v1",
            ["Gateway__Providers__bedrock__UseAwsCredentials"] = "false",
        });
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), DefaultRequestHeaders = { Authorization = new("Bearer", "admin-key-of-the-test") } };
        await FirstReplyAsync(client, sandbox, cancellationToken);
        var started = Stopwatch.GetElapsedTime(began);

        using var made = await client.PostAsJsonAsync("/admin/keys", new { name = "test" }, cancellationToken);
        var key = (await made.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>(cancellationToken))!["key"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await client.PostAsJsonAsync("/v1/chat/completions", new { model = "phi-3-mini", messages = new[] { new { role = "user", content = "Hi" } } }, cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(cancellationToken));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "phi-3-mini", stream = true, messages = new[] { new { role = "user", content = "Hi" } } }),
        };
        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var lines = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellationToken));

        // The upstream sends its second frame only now that the first has come all the way.
        (await lines.ReadLineAsync(cancellationToken)).ShouldNotBeNull().ShouldContain("word ");
        more.SetResult();
        (await lines.ReadToEndAsync(cancellationToken)).ShouldEndWith("data: [DONE]\n\n");

        var (resident, processor) = await sandbox.UseAsync();
        output.WriteLine($"first reply {started.TotalMilliseconds:N0} ms after the start; {processor.TotalMilliseconds:N0} ms of the processor, {resident >> 20} MB resident at most, in all");
        resident.ShouldBeLessThanOrEqualTo(200L << 20);
        sandbox.Lines.ShouldNotContain(line => line.Contains("Read-only file system", StringComparison.Ordinal));
    }

    private static async Task FirstReplyAsync(HttpClient client, LambdaSandbox sandbox, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            try
            {
                using var response = await client.GetAsync("/health", patience.Token);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException)
            {
                Assert.True(await tick.WaitForNextTickAsync(patience.Token), string.Join('\n', sandbox.Lines));
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
