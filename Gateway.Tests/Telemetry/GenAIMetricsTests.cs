using System.Globalization;
using System.Net;
using Gateway.Tests.Hosts;
using Gateway.Tests.Metrics;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

/// <summary>
/// What is measured of requests, against https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ as its tables have it: names, units, buckets and
/// whole sets of attributes.
/// </summary>
public sealed class GenAIMetricsTests : IAsyncLifetime
{
    private const string Model = "microsoft/Phi-3-mini-4k-instruct";
    private const string Target = $"local/{Model}";

    private ScriptedUpstream _upstream = null!;
    private GatewayHost _gateway = null!;
    private HttpClient _caller = null!;
    private RequestDelegate _script = TwoTargets.AnswerAsync;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(context => _script(context));
        _gateway = await GatewayHost.StartAsync(
            _upstream, ("Metrics:TenantLabels", "true"), ($"Gateway:Prices:{Target}:Input", "0.25"), ($"Gateway:Prices:{Target}:Output", "1.25"), ("Gateway:Limits:Retries", "0"), ("Gateway:Cache:Enabled", "true"), ("Gateway:PassThrough", "local"));
        _caller = _gateway.ClientWith(await _gateway.CreateKeyAsync(new { name = "test", tenant = "acme" }));
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G4.1")]
    [Trait("Requirement", "D3.3")]
    public async Task An_answer_is_measured_by_tokens_duration_and_cost()
    {
        await AskAsync();

        var scrape = await ScrapeAsync();
        TextsOf(scrape, "gen_ai_client_token_usage", "_count").ShouldBe(
            [$"gen_ai_client_token_usage_count{{{Labels("chat", Model, "gen_ai_token_type=\"input\"")}}} 1", $"gen_ai_client_token_usage_count{{{Labels("chat", Model, "gen_ai_token_type=\"output\"")}}} 1"]);
        TextsOf(scrape, "gen_ai_client_token_usage", "_sum").ShouldBe(
            [$"gen_ai_client_token_usage_sum{{{Labels("chat", Model, "gen_ai_token_type=\"input\"")}}} 3", $"gen_ai_client_token_usage_sum{{{Labels("chat", Model, "gen_ai_token_type=\"output\"")}}} 1"]);
        TextsOf(scrape, "gen_ai_client_operation_duration_seconds", "_count").ShouldBe([$"gen_ai_client_operation_duration_seconds_count{{{Labels("chat", Model)}}} 1"]);
        TextsOf(scrape, "gen_ai_server_time_to_first_token_seconds", "_count").ShouldBeEmpty();
        TextsOf(scrape, "gateway_requests_total").ShouldBe(["gateway_requests_total{gateway_alias=\"phi-3-mini\",gateway_status=\"ok\",gen_ai_operation_name=\"chat\"} 1"]);
        TextsOf(scrape, "gateway_cost_USD_total").ShouldBe([$"gateway_cost_USD_total{{gateway_alias=\"phi-3-mini\",gateway_target=\"{Target}\",gateway_tenant=\"acme\"}} 2E-06"]);
        TextsOf(scrape, "gateway_attempts_total").ShouldBe([$"gateway_attempts_total{{gateway_outcome=\"ok\",gateway_target=\"{Target}\"}} 1"]);
    }

    [Fact]
    public async Task A_stream_is_measured_by_its_time_to_the_first_token_too()
    {
        await AskAsync(stream: true);

        var scrape = await ScrapeAsync();
        TextsOf(scrape, "gen_ai_server_time_to_first_token_seconds", "_count").ShouldBe([$"gen_ai_server_time_to_first_token_seconds_count{{{Labels("chat", Model)}}} 1"]);
        TextsOf(scrape, "gen_ai_client_token_usage", "_count").ShouldBeEmpty("tokens that are estimated must not be reported");
        scrape[$"gateway_usage_estimated_total{{gateway_target=\"{Target}\"}}"].ShouldBe(1);
    }

    [Fact]
    public async Task Embeddings_make_no_tokens()
    {
        _script = context => TwoTargets.SendAsync(context, """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1]}],"usage":{"prompt_tokens":4,"total_tokens":4}}""", "application/json");

        using var response = await _caller.PostAsync("/v1/embeddings", Json("""{"model":"local-embeddings","input":"x"}"""), TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        TextsOf(await ScrapeAsync(), "gen_ai_client_token_usage", "_sum").ShouldBe(
            [$"gen_ai_client_token_usage_sum{{{Labels("embeddings", "local-embeddings", "gen_ai_token_type=\"input\"")}}} 4"]);
    }

    [Fact]
    public async Task A_failure_has_its_error_type()
    {
        _script = context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };

        await AskAsync(expected: HttpStatusCode.ServiceUnavailable);

        var scrape = await ScrapeAsync();
        TextsOf(scrape, "gen_ai_client_operation_duration_seconds", "_count").ShouldBe(
            [$"gen_ai_client_operation_duration_seconds_count{{error_type=\"no_target_available\",{Labels("chat", Model)}}} 1"]);
        TextsOf(scrape, "gateway_requests_total").ShouldBe(
            ["gateway_requests_total{error_type=\"no_target_available\",gateway_alias=\"phi-3-mini\",gateway_status=\"failed\",gen_ai_operation_name=\"chat\"} 1"]);
    }

    [Fact]
    public async Task What_a_provider_calls_its_error_is_no_label_unless_it_is_a_word()
    {
        _script = context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("""{"error":{"message":"no","type":"x","code":"your key is sk-123"}}""");
        };

        await AskAsync(expected: HttpStatusCode.BadRequest);

        TextsOf(await ScrapeAsync(), "gateway_requests_total").ShouldBe(
            ["gateway_requests_total{error_type=\"400\",gateway_alias=\"phi-3-mini\",gateway_status=\"failed\",gen_ai_operation_name=\"chat\"} 1"]);
    }

    [Fact]
    public async Task A_refusal_calls_nobody_and_what_a_caller_made_up_is_no_label()
    {
        await AskAsync(model: "made-up", expected: HttpStatusCode.NotFound);

        var scrape = await ScrapeAsync();
        TextsOf(scrape, "gen_ai_client_operation_duration_seconds", "_count").ShouldBeEmpty();
        TextsOf(scrape, "gateway_requests_total").ShouldBe(["gateway_requests_total{error_type=\"model_not_found\",gateway_status=\"refused\",gen_ai_operation_name=\"chat\"} 1"]);
    }

    [Fact]
    public async Task A_kept_answer_is_the_gateways_own()
    {
        await AskAsync();
        await AskAsync();

        var scrape = await ScrapeAsync();
        scrape["gateway_requests_total{gateway_alias=\"phi-3-mini\",gateway_status=\"cached\",gen_ai_operation_name=\"chat\"}"].ShouldBe(1);
        scrape[$"gen_ai_client_operation_duration_seconds_count{{{Labels("chat", Model)}}}"].ShouldBe(1);
    }

    [Fact]
    public async Task What_is_passed_through_is_counted_under_one_name()
    {
        _script = context => context.Response.WriteAsync("{}");

        using var response = await _caller.GetAsync("/v1/made/up/by/the/caller", TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        TextsOf(await ScrapeAsync(), "gateway_requests_total").ShouldBe(["gateway_requests_total{gateway_status=\"ok\",gen_ai_operation_name=\"pass_through\"} 1"]);
    }

    [Fact]
    public async Task Circuits_and_work_under_way_are_told_of_each_target()
    {
        var scrape = await ScrapeAsync();

        scrape[$"gateway_circuit_state{{gateway_target=\"{Target}\"}}"].ShouldBe(0);
        scrape[$"gateway_target_requests{{gateway_target=\"{Target}\"}}"].ShouldBe(0);
    }

    [Theory]
    [InlineData("gen_ai_client_token_usage", "1 4 16 64 256 1024 4096 16384 65536 262144 1048576 4194304 16777216 67108864 +Inf")]
    [InlineData("gen_ai_client_operation_duration_seconds", "0.01 0.02 0.04 0.08 0.16 0.32 0.64 1.28 2.56 5.12 10.24 20.48 40.96 81.92 +Inf")]
    [InlineData("gen_ai_server_time_to_first_token_seconds", "0.001 0.005 0.01 0.02 0.04 0.06 0.08 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf")]
    public async Task Buckets_are_the_conventions(string name, string bounds)
    {
        await AskAsync();
        await AskAsync(stream: true);

        var family = (await ScrapeAsync()).Families[name];

        family.Type.ShouldBe("histogram");
        string.Join(' ', family.Samples.Where(sample => sample.Name == $"{name}_bucket").Select(sample => sample.Labels["le"]).Distinct()).ShouldBe(bounds);
    }

    private string Labels(string operation, string model, string more = "") => string.Join(
        ',',
        new[] { $"gen_ai_operation_name=\"{operation}\"", "gen_ai_provider_name=\"vllm\"", $"gen_ai_request_model=\"{model}\"", more, "server_address=\"127.0.0.1\"", $"server_port=\"{_upstream.Address.Port}\"" }
            .Where(label => label.Length > 0));

    private static IEnumerable<string> TextsOf(Scrape scrape, string family, string suffix = "") =>
        scrape.Families[family].Samples.Where(sample => sample.Name == family + suffix).Select(sample => string.Create(CultureInfo.InvariantCulture, $"{sample.Text} {sample.Value}"));

    private async Task AskAsync(string model = "phi-3-mini", bool stream = false, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var body = $$"""{"model":"{{model}}","temperature":0,{{(stream ? "\"stream\":true," : "")}}"messages":[{"role":"user","content":"Hi"}]}""";
        using var response = await _caller.PostAsync("/v1/chat/completions", Json(body), TestContext.Current.CancellationToken);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(expected);
    }

    private static StringContent Json(string body) => new(body, null, "application/json");

    private Task<Scrape> ScrapeAsync() => Scrape.OfAsync(_gateway.Http, TestContext.Current.CancellationToken);
}
