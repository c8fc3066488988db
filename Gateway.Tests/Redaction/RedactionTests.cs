using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Redaction;

/// <summary>
/// A gateway as it ships, with traces, metrics and logs exported, whose callers and upstream put secrets wherever something can be put: none of them is in
/// its log, in what it exports, in its metrics, in its audit trail, or in an error that it tells.
/// </summary>
[Trait("Requirement", "G6.4")]
public sealed class RedactionTests : IAsyncLifetime
{
    private const string Prompt = "my grandmother's recipe for plum cake";

    private readonly string _data = Directory.CreateTempSubdirectory("redaction-").FullName;
    private readonly ConcurrentQueue<string> _exported = new();
    private readonly TaskCompletionSource _tracesAndLogs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, bool> _kinds = new();
    private readonly StringBuilder _told = new();
    private ScriptedUpstream _collector = null!;
    private ScriptedUpstream _upstream = null!;
    private ServerProcess _redis = null!;
    private GatewayProcess _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await ScriptedUpstream.StartAsync(CollectAsync);
        _upstream = await ScriptedUpstream.StartAsync(FailAsync);
        _redis = await RedisServers.StartRedisAsync();
        var upstream = new Uri(_upstream.Address, "v1").AbsoluteUri;
        _gateway = await GatewayProcess.StartAsync(
            ServerProcess.FreePort(), _data, _redis.Port,
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Address.AbsoluteUri,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "50",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            },
            "--Gateway:Providers:local:BaseUrl", upstream, "--Gateway:PassThrough", "local", "--Gateway:Limits:Retries", "0",
            "--Logging:LogLevel:Default", "Information", "--Telemetry:Exporter", "Emf", "--Telemetry:PeriodSeconds", "1");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _redis.DisposeAsync();
        await _upstream.DisposeAsync();
        await _collector.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task No_planted_secret_is_found_anywhere()
    {
        var key = await _gateway.CreateKeyAsync(new { name = $"{PlantedSecrets.Email} {PlantedSecrets.GitHubToken}", user = PlantedSecrets.Email, owner = PlantedSecrets.Email, metadata = new { note = PlantedSecrets.OpenAIKey } });
        using (var caller = _gateway.ClientWith(key))
        {
            foreach (var secret in PlantedSecrets.All)
            {
                await TellAsync(await AskAsync(caller, secret, "phi-3-mini", "/v1/chat/completions"));
                await TellAsync(await AskAsync(caller, secret, secret, $"/v1/chat/completions?key={Uri.EscapeDataString(secret)}"));

                // What is passed through comes as the provider says it, errors included.
                using var passedThrough = await AskAsync(caller, secret, "phi-3-mini", $"/v1/made-up/{Uri.EscapeDataString(secret)}");
                await TellAsync(await caller.GetAsync($"/v1/models/{Uri.EscapeDataString(secret)}", Token));
            }
        }

        foreach (var secret in PlantedSecrets.All)
        {
            using var stranger = _gateway.ClientWith("none");
            stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret.Replace(" ", "", StringComparison.Ordinal));
            await TellAsync(await stranger.GetAsync("/v1/models", Token));
        }

        using var admin = _gateway.ClientWith(GatewayProcess.AdminKey);
        await TellAsync(await admin.PutAsync("/admin/config", new StringContent($$$"""{"Limits":{"Retries":"{{{PlantedSecrets.OpenAIKey}}}"}}""", null, "application/json"), Token));
        await TellAsync(await admin.GetAsync("/admin/config", Token));
        await TellAsync(await admin.GetAsync("/admin/providers", Token));
        var metrics = await admin.GetStringAsync("/metrics", Token);
        var audit = await admin.GetStringAsync("/admin/audit", Token);
        await _tracesAndLogs.Task.WaitAsync(Token);
        await _gateway.LineAsync("\"_aws\"", Token);

        ShouldBeClean("the log", string.Join('\n', _gateway.Lines));
        ShouldBeClean("what is exported", string.Join('\n', _exported));
        ShouldBeClean("the metrics", metrics);
        ShouldBeClean("the audit trail", audit);
        ShouldBeClean("what callers were told", _told.ToString());
        _gateway.Lines.ShouldAllBe(line => !line.Contains(Prompt, StringComparison.OrdinalIgnoreCase));
        string.Join('\n', _exported).ShouldNotContain(Prompt);
        string.Join('\n', _gateway.Lines).ShouldContain("[redacted]");
        _exported.ShouldContain(body => body.Contains("POST /v1/chat/completions", StringComparison.Ordinal));
    }

    private static void ShouldBeClean(string where, string text)
    {
        text.Length.ShouldBeGreaterThan(100, where);
        foreach (var secret in PlantedSecrets.All.Append(PlantedSecrets.Bearer))
        {
            var at = text.IndexOf(secret, StringComparison.Ordinal);
            at.ShouldBe(-1, at < 0 ? "" : $"in {where}: {text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)]}");
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient caller, string secret, string model, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                $$"""{"model":"{{model}}","user":"{{secret}}","{{secret}}":1,"messages":[{"role":"user","content":"{{Prompt}} {{secret}}"}]}""", null, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("x-request-id", secret.Replace(" ", "", StringComparison.Ordinal));
        request.Headers.TryAddWithoutValidation("x-custom", secret);
        request.Headers.TryAddWithoutValidation("User-Agent", secret);
        request.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.TryAddWithoutValidation("tracestate", $"x={secret}");
        return await caller.SendAsync(request, Token);
    }

    private async Task TellAsync(HttpResponseMessage response)
    {
        using (response)
        {
            _told.Append(CultureInfo.InvariantCulture, $"{response.Headers}{await response.Content.ReadAsStringAsync(Token)}\n");
        }
    }

    // An upstream that quotes what it was sent, and more.
    private static async Task FailAsync(HttpContext context)
    {
        var asked = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        context.Response.StatusCode = asked.Length % 2 == 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            System.Text.Json.JsonSerializer.Serialize(new { error = new { message = $"Cannot read '{Prompt}': {PlantedSecrets.Sentence}", type = PlantedSecrets.OpenAIKey, code = PlantedSecrets.SlackToken, param = PlantedSecrets.Email } }));
    }

    private async Task CollectAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = Encoding.Latin1.GetString(body.ToArray());
        _exported.Enqueue(text);
        if (text.Contains("attempt", StringComparison.Ordinal) || context.Request.Path == "/v1/logs")
        {
            _kinds[context.Request.Path] = true;
        }

        if (_kinds.ContainsKey("/v1/traces") && _kinds.ContainsKey("/v1/logs"))
        {
            _tracesAndLogs.TrySetResult();
        }
    }
}
