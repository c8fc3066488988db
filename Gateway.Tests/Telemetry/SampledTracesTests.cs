using System.Diagnostics;
using System.Text;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

/// <summary>
/// What a collector gets of a gateway that was told to trace nothing by itself: what callers trace, whole, and of what failed the server's span.
/// </summary>
[Trait("Requirement", "G4.2")]
public sealed class SampledTracesTests : IAsyncLifetime
{
    private const string Fail = "fail";
    private const string Break = "break";

    private readonly string _data = Directory.CreateTempSubdirectory("sampled-").FullName;
    private readonly StringBuilder _exported = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private ScriptedUpstream _collector = null!;
    private ScriptedUpstream _upstream = null!;
    private ServerProcess _redis = null!;
    private GatewayProcess _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await ScriptedUpstream.StartAsync(CollectAsync);
        _upstream = await ScriptedUpstream.StartAsync(AnswerAsync);
        _redis = await RedisServers.StartRedisAsync();
        _gateway = await GatewayProcess.StartAsync(
            ServerProcess.FreePort(), _data, _redis.Port,
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Address.AbsoluteUri,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "20",
                ["OTEL_TRACES_SAMPLER_ARG"] = "0",
            },
            "--Gateway:Providers:local:BaseUrl", new Uri(_upstream.Address, "v1").AbsoluteUri, "--Gateway:Limits:Retries", "0");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _redis.DisposeAsync();
        await _upstream.DisposeAsync();
        await _collector.DisposeAsync();
        _arrived.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task What_callers_trace_is_exported_whole_and_of_what_failed_the_servers_span()
    {
        using var caller = _gateway.ClientWith(await _gateway.CreateKeyAsync(new { name = "caller" }));

        var plain = await AskAsync(caller, "Hi", isTraced: false);
        var failed = await AskAsync(caller, Fail, isTraced: false);
        var brokenOff = await AskAsync(caller, Break, isTraced: false);
        var traced = await AskAsync(caller, "Hi", isTraced: true);

        const int Whole = 6;
        await UntilAsync(() => (SpansOf(failed), SpansOf(brokenOff), SpansOf(traced)) == (1, 1, Whole));
        SpansOf(plain).ShouldBe(0);
        Exported.ShouldContain("upstream_error");
    }

    private string Exported
    {
        get
        {
            lock (_exported)
            {
                return _exported.ToString();
            }
        }
    }

    private static async Task<ActivityTraceId> AskAsync(HttpClient caller, string prompt, bool isTraced)
    {
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"phi-3-mini","stream":{{(prompt == Break ? "true" : "false")}},"messages":[{"role":"user","content":"{{prompt}}"}]}""", null, "application/json"),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-{(isTraced ? "01" : "00")}" } },
        };
        using var response = await caller.SendAsync(request, Token);
        await response.Content.ReadAsStringAsync(Token);
        return trace;
    }

    // The id stands in each span as its sixteen bytes.
    private int SpansOf(ActivityTraceId trace)
    {
        var bytes = new byte[16];
        trace.CopyTo(bytes);
        return Exported.Split(Encoding.Latin1.GetString(bytes)).Length - 1;
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await _arrived.WaitAsync(Token);
        }
    }

    private async Task CollectAsync(HttpContext context)
    {
        if (context.Request.Path == "/v1/traces")
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lock (_exported)
            {
                _exported.Append(Encoding.Latin1.GetString(body.ToArray()));
            }

            _arrived.Release();
        }
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var asked = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        if (asked.Contains(Fail, StringComparison.Ordinal))
        {
            await TwoTargets.FailAsync(context, StatusCodes.Status500InternalServerError);
        }
        else if (asked.Contains(Break, StringComparison.Ordinal))
        {
            await TwoTargets.SendAsync(context, TwoTargets.Text);
            context.Abort();
        }
        else
        {
            await TwoTargets.SendAsync(context, TwoTargets.Reply, "application/json");
        }
    }
}
