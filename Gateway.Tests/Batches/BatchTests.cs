using System.Net;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Schemas;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Batches;

/// <summary><c>/v1/batches</c> from upload to output.</summary>
[Trait("Requirement", "G5.5")]
public sealed class BatchTests : IAsyncLifetime
{
    private BatchUpstream _upstream = null!;
    private GatewayHost _gateway = null!;
    private HttpClient _http = null!;
    private BatchCaller _caller = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await BatchUpstream.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            _upstream.Host,
            ("Gateway:Batches:Concurrency", "4"), ("Gateway:Batches:MaxRequests", "50"), ("Gateway:Batches:MaxOpenPerTenant", "3"), ("Gateway:Batches:RetrySeconds", "1"),
            ("Gateway:Limits:Retries", "0"), ("Gateway:Limits:MaxRequestBytes", "2048"));
        _http = await _gateway.CallerClientAsync();
        _caller = new BatchCaller(_http);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "G1.5")]
    public async Task Every_line_is_run_once_and_the_output_is_in_their_order()
    {
        var made = await _caller.CreateAsync(BatchCaller.Lines(20), metadata: new { job = "nightly" });
        var ended = await _caller.EndOfAsync(made);
        var output = await _caller.OutputOfAsync(ended);

        ((string?)made["status"], (string?)ended["status"], (string?)ended["metadata"]!["job"]).ShouldBe(("validating", "completed", "nightly"));
        BatchCaller.CountsOf(ended).ShouldBe((20, 20, 0));
        (ended["errors"], ended["error_file_id"]).ShouldBe((null, null));
        ((long)ended["expires_at"]! - (long)ended["created_at"]!).ShouldBe(24 * 3600);
        foreach (var moment in (string[])["in_progress_at", "finalizing_at", "completed_at"])
        {
            ended[moment].ShouldNotBeNull(moment);
        }

        output.Select(BatchCaller.IdOf).ShouldBe(Enumerable.Range(1, 20).Select(number => $"line-{number}"));
        output.Select(line => (int)line["response"]!["status_code"]!).ShouldAllBe(status => status == 200);
        output.Select(line => (string?)line["response"]!["body"]!["choices"]![0]!["message"]!["content"]).ShouldBe(Enumerable.Range(1, 20).Select(number => $"You said: number {number}"));
        _upstream.Asked.Values.ShouldAllBe(count => count == 1);
        _upstream.MostAtOnce.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task Lines_at_fault_are_in_the_error_file_and_the_rest_runs()
    {
        var lines = new (string Line, string Id, string Code)[]
        {
            (BatchCaller.Line("good"), "", ""),
            ("no json", "", "invalid_json_line"),
            ("[1]", "", "invalid_json_line"),
            ("""{"custom_id":"half \ud800"}""", "", "invalid_json_line"),
            (BatchCaller.Line("good", "again"), "good", "duplicate_custom_id"),
            ("", "", ""),
            ("""{"method":"POST","url":"/v1/chat/completions","body":{}}""", "", "missing_required_parameter"),
            ("""{"custom_id":7,"method":"POST","url":"/v1/chat/completions","body":{}}""", "", "invalid_type"),
            ("""{"custom_id":"get","method":"GET","url":"/v1/chat/completions","body":{}}""", "get", "invalid_method"),
            ("""{"custom_id":"other","method":"POST","url":"/v1/embeddings","body":{}}""", "other", "invalid_url"),
            ("""{"custom_id":"empty","method":"POST","url":"/v1/chat/completions"}""", "empty", "missing_required_parameter"),
            ("""{"custom_id":"text","method":"POST","url":"/v1/chat/completions","body":"{}"}""", "text", "invalid_type"),
            ("""{"custom_id":"stream","method":"POST","url":"/v1/chat/completions","body":{"stream":true}}""", "stream", "invalid_request"),
            ($$$"""{"custom_id":"long","method":"POST","url":"/v1/chat/completions","body":{"x":"{{{new string('x', 20_000)}}}"}}""", "", "request_too_large"),
            (new string('x', 200_000), "", "request_too_large"),
            (BatchCaller.Line("stranger", model: "nobody"), "stranger", "model_not_found"),
            (BatchCaller.Line("large", new string('x', 3000)), "large", "request_too_large"),
            ("""{"custom_id":"unfit","method":"POST","url":"/v1/chat/completions","body":{"model":"phi-3-mini"}}""", "unfit", "missing_required_parameter"),
        };
        var bad = lines.Where(line => line.Code.Length > 0).ToList();

        var ended = await _caller.RunAsync("\uFEFF" + string.Join("\r\n", lines.Select(line => line.Line)));
        var errors = await _caller.ErrorsOfAsync(ended);

        ((string?)ended["status"]).ShouldBe("completed");
        BatchCaller.CountsOf(ended).ShouldBe((bad.Count + 1, 1, bad.Count));
        (await _caller.OutputOfAsync(ended)).Select(BatchCaller.IdOf).ShouldBe(["good"]);
        errors.Select(line => (BatchCaller.IdOf(line), BatchCaller.CodeOf(line))).ShouldBe(bad.Select(line => (line.Id, line.Code)));
        ((string?)errors[0]["error"]!["message"]).ShouldStartWith("Line 2: ");
        ((int)ended["errors"]!["data"]![0]!["line"]!, (string?)ended["errors"]!["data"]![0]!["code"]).ShouldBe((2, "invalid_json_line"));
    }

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("\n \n", "empty_file")]
    [InlineData("no json\n", "invalid_json_line")]
    public async Task An_input_without_a_single_request_that_could_be_run_makes_the_batch_fail(string text, string code)
    {
        var ended = await _caller.RunAsync(text);

        ((string?)ended["status"], (string?)ended["errors"]!["data"]![0]!["code"], ended["output_file_id"], ended["error_file_id"]).ShouldBe(("failed", code, null, null));
        ended["failed_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Too_many_requests_make_the_batch_fail()
    {
        var ended = await _caller.RunAsync(BatchCaller.Lines(51));

        ((string?)ended["status"], (string?)ended["errors"]!["data"]![0]!["code"]).ShouldBe(("failed", "too_many_requests"));
        _upstream.Asked.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Requirement", "B6.5")]
    [InlineData("endpoint", "/v1/images/generations", "'/v1/chat/completions', '/v1/completions', '/v1/embeddings', '/v1/responses'")]
    [InlineData("endpoint", null, "endpoint")]
    [InlineData("completion_window", "1h", "'24h'")]
    [InlineData("completion_window", null, "completion_window")]
    [InlineData("input_file_id", null, "input_file_id")]
    public async Task A_batch_that_cannot_be_is_refused_with_what_is_allowed(string field, string? value, string allowed)
    {
        var body = new JsonObject { ["input_file_id"] = await _caller.UploadAsync(BatchCaller.Line("1")), ["endpoint"] = "/v1/chat/completions", ["completion_window"] = "24h", [field] = value };

        var error = await RefusedAsync(body, HttpStatusCode.BadRequest);

        ((string?)error["param"]).ShouldBe(field);
        ((string)error["message"]!).ShouldContain(allowed);
    }

    [Fact]
    public async Task An_input_that_is_not_there_or_not_for_a_batch_is_refused()
    {
        using var form = new MultipartFormDataContent { { new StringContent("user_data"), "purpose" }, { new StringContent("{}"), "file", "f" } };
        using var uploaded = await _http.PostAsync("/v1/files", form, Token);
        var notes = (string)JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(Token))!["id"]!;

        ((string?)(await RefusedAsync(NewBatch("file-1"), HttpStatusCode.NotFound))["param"]).ShouldBe("input_file_id");
        ((string?)(await RefusedAsync(NewBatch(notes), HttpStatusCode.BadRequest))["param"]).ShouldBe("input_file_id");
        ((string?)(await RefusedAsync(NewBatch(notes, ("metadata", new JsonObject { ["k"] = new string('x', 513) })), HttpStatusCode.BadRequest))["param"]).ShouldBe("metadata");
        ((string?)(await RefusedAsync(NewBatch(notes, ("output_expires_after", new JsonObject { ["anchor"] = "created_at", ["seconds"] = 1 })), HttpStatusCode.BadRequest))["param"]).ShouldBe("output_expires_after[seconds]");
    }

    [Fact]
    public async Task Batches_are_listed_newest_first_and_only_to_their_tenant()
    {
        var first = await _caller.RunAsync(BatchCaller.Lines(1));
        var second = await _caller.RunAsync(BatchCaller.Lines(1));
        using var strangers = _gateway.ClientWith(await _gateway.CreateKeyAsync(new { name = "stranger", tenant = "strangers" }));

        var page = JsonNode.Parse(await _http.GetStringAsync("/v1/batches?limit=1", Token))!;
        var rest = JsonNode.Parse(await _http.GetStringAsync($"/v1/batches?limit=1&after={(string?)second["id"]}", Token))!;
        var none = JsonNode.Parse(await strangers.GetStringAsync("/v1/batches", Token))!;
        using var got = await strangers.GetAsync($"/v1/batches/{(string?)first["id"]}", Token);
        using var cancelled = await strangers.PostAsync($"/v1/batches/{(string?)first["id"]}/cancel", null, Token);
        using var output = await strangers.GetAsync($"/v1/files/{(string?)first["output_file_id"]}/content", Token);

        (page["data"]![0]!.ToJsonString(), (bool)page["has_more"]!).ShouldBe((second.ToJsonString(), true));
        (rest["data"]![0]!.ToJsonString(), (bool)rest["has_more"]!).ShouldBe((first.ToJsonString(), false));
        none["data"]!.AsArray().ShouldBeEmpty();
        (got.StatusCode, cancelled.StatusCode, output.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        OpenAISchemas.ShouldBeError(await got.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task What_is_left_of_a_cancelled_batch_is_not_run_and_what_is_under_way_ends()
    {
        var release = new TaskCompletionSource();
        _upstream.Before = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        var made = await _caller.CreateAsync(BatchCaller.Lines(10));
        await AskedAsync(4);

        var cancelling = await _caller.CancelAsync((string)made["id"]!);
        release.SetResult();
        var ended = await _caller.EndOfAsync(made);

        ((string?)cancelling["status"], (string?)ended["status"]).ShouldBe(("cancelling", "cancelled"));
        BatchCaller.CountsOf(ended).ShouldBe((10, 4, 6));
        (await _caller.OutputOfAsync(ended)).Count.ShouldBe(4);
        (await _caller.ErrorsOfAsync(ended)).Select(BatchCaller.CodeOf).ShouldBe(Enumerable.Repeat("batch_cancelled", 6));
        ((string?)(await _caller.CancelAsync((string)made["id"]!))["status"]).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_batch_that_has_ended_is_not_cancelled()
    {
        var ended = await _caller.RunAsync(BatchCaller.Lines(1));

        using var response = await _http.PostAsync($"/v1/batches/{(string?)ended["id"]}/cancel", null, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)OpenAISchemas.ShouldBeError(await response.Content.ReadAsStringAsync(Token))["error"]!["message"]).ShouldBe("Cannot cancel a batch with status 'completed'.");
    }

    [Fact]
    public async Task What_is_left_when_its_time_is_over_has_expired()
    {
        var time = new ManualTime();
        await using var gateway = await GatewayHost.StartAsync(_upstream.Host, services => services.AddSingleton<TimeProvider>(time));
        using var http = gateway.ClientWith(await gateway.CreateKeyAsync(new { name = "slow", limits = new { requests_per_minute = 3 } }));
        var caller = new BatchCaller(http);
        var made = await caller.CreateAsync(BatchCaller.Lines(5));
        await caller.UntilAsync((string)made["id"]!, batch => BatchCaller.CountsOf(batch).Completed == 3);

        time.Advance(TimeSpan.FromHours(24));
        var ended = await caller.EndOfAsync(made);

        ((string?)ended["status"]).ShouldBe("expired");
        ended["expired_at"].ShouldNotBeNull();
        BatchCaller.CountsOf(ended).ShouldBe((5, 3, 2));
        (await caller.ErrorsOfAsync(ended)).Select(BatchCaller.CodeOf).ShouldBe(["batch_expired", "batch_expired"]);
    }

    [Fact]
    [Trait("Requirement", "G5.1")]
    public async Task Lines_wait_for_their_keys_limits_and_none_fails_for_them()
    {
        using var http = _gateway.ClientWith(await _gateway.CreateKeyAsync(new { name = "one at a time", tenant = "narrow", limits = new { concurrent_requests = 1 } }));
        var caller = new BatchCaller(http);

        var ended = await caller.RunAsync(BatchCaller.Lines(6));

        BatchCaller.CountsOf(ended).ShouldBe((6, 6, 0));
        _upstream.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task Lines_of_a_revoked_key_fail_for_that_reason()
    {
        var release = new TaskCompletionSource();
        _upstream.Before = async (_, _) =>
        {
            await release.Task;
            return false;
        };
        using var admin = _gateway.AdminClient();
        using var http = _gateway.ClientWith(await _gateway.CreateKeyAsync(new { name = "short lived" }));
        var keys = JsonNode.Parse(await admin.GetStringAsync("/admin/keys", Token))!["data"]!.AsArray();
        var key = (string)keys.Single(each => (string?)each!["name"] == "short lived")!["id"]!;
        var made = await new BatchCaller(http).CreateAsync(BatchCaller.Lines(6));
        await AskedAsync(4);
        (await admin.DeleteAsync($"/admin/keys/{key}", Token)).EnsureSuccessStatusCode();

        release.SetResult();
        var ended = await _caller.EndOfAsync(made);

        BatchCaller.CountsOf(ended).ShouldBe((6, 4, 2));
        var errors = await _caller.ErrorsOfAsync(ended);
        errors.Select(BatchCaller.CodeOf).ShouldBe(["invalid_api_key", "invalid_api_key"]);
        ((string)errors[0]["response"]!["body"]!["error"]!["message"]!).ShouldContain("revoked");
    }

    [Fact]
    public async Task A_line_whose_model_is_overloaded_is_tried_again_and_one_that_is_rejected_is_not()
    {
        _upstream.Before = async (http, text) =>
        {
            if (text == "number 1" || (text == "number 2" && _upstream.Asked[text] == 1))
            {
                http.Response.StatusCode = text == "number 1" ? 400 : 503;
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("""{"error":{"message":"no","type":"t","code":"c"}}""");
                return true;
            }

            return false;
        };

        var ended = await _caller.RunAsync(BatchCaller.Lines(3));

        BatchCaller.CountsOf(ended).ShouldBe((3, 2, 1));
        (_upstream.Asked["number 1"], _upstream.Asked["number 2"]).ShouldBe((1, 2));
        (await _caller.ErrorsOfAsync(ended)).Select(line => (int)line["response"]!["status_code"]!).ShouldBe([400]);
    }

    [Fact]
    public async Task One_tenant_has_so_many_batches_under_way_at_most()
    {
        _upstream.Before = async (http, _) => await BatchUpstream.HangAsync(http);
        for (var i = 0; i < 3; i++)
        {
            await _caller.CreateAsync(BatchCaller.Lines(1));
        }

        using var refused = await _caller.PostAsync(NewBatch(await _caller.UploadAsync(BatchCaller.Lines(1))));

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static JsonObject NewBatch(string fileId, params (string Name, JsonNode Value)[] more)
    {
        var body = new JsonObject { ["input_file_id"] = fileId, ["endpoint"] = "/v1/chat/completions", ["completion_window"] = "24h" };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return body;
    }

    private async Task<JsonNode> RefusedAsync(JsonObject body, HttpStatusCode status)
    {
        using var response = await _caller.PostAsync(body);
        var text = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(status, text);
        return OpenAISchemas.ShouldBeError(text)["error"]!;
    }

    private async Task AskedAsync(int count)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (_upstream.Asked.Count < count)
        {
            await tick.WaitForNextTickAsync(Token);
        }
    }
}
