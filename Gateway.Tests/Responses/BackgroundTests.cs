using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Responses.Storage;
using Gateway.Tests.Schemas;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses;

/// <summary>Responses that are made while nobody waits for them.</summary>
public sealed class BackgroundTests : IAsyncLifetime
{
    private const string Background = """{"model":"phi-3-mini","input":"Hi","background":true}""";
    private const string Begun = """{"model":"m-1","choices":[{"index":0,"delta":{"content":"Hel"}}]}""";
    private const string Rest = """{"model":"m-1","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}""";

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScriptedChat _chat = null!;

    public async ValueTask InitializeAsync() => _chat = await ScriptedChat.StartAsync(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _chat.DisposeAsync();
    }

    [Fact]
    public async Task It_is_answered_at_once_runs_on_and_is_fetched_when_it_is_complete()
    {
        var queued = await _chat.CreateAsync("\"input\":\"Hi\",\"background\":true");
        await _asked.Task;
        using var running = await _chat.GetAsync($"/v1/responses/{(string?)queued["id"]}");
        _release.SetResult();

        var ended = await UntilEndedAsync(queued);

        ((string?)queued["status"], (bool)queued["background"]!).ShouldBe(("queued", true));
        ((string?)(await ScriptedChat.ResponseOf(running))["status"]).ShouldBe("in_progress");
        ((string?)ended["status"], (string?)ended["id"], (string?)ended["output"]![0]!["content"]![0]!["text"]).ShouldBe(("completed", (string?)queued["id"], "Hello"));
        var wentOn = await _chat.CreateAsync($"\"input\":\"And?\",\"background\":true,\"previous_response_id\":\"{(string?)queued["id"]}\"");
        ((string?)(await UntilEndedAsync(wentOn))["status"]).ShouldBe("completed");
        _chat.Requests.Last()["messages"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_request_that_is_not_admitted_is_refused_at_once()
    {
        using var unknown = await _chat.PostAsync("""{"model":"nobody","input":"Hi","background":true}""");
        using var wrong = await _chat.PostAsync("""{"model":"phi-3-mini","background":true}""");

        ((string?)(await ScriptedChat.ErrorOf(unknown, HttpStatusCode.NotFound))["code"]).ShouldBe("model_not_found");
        ((string?)(await ScriptedChat.ErrorOf(wrong, HttpStatusCode.BadRequest))["param"]).ShouldBe("input");
    }

    [Fact]
    public async Task An_upstream_that_refuses_makes_it_failed()
    {
        await using var chat = await ScriptedChat.StartAsync(http =>
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return ScriptedChat.Reply("""{"error":{"message":"too hot","type":"invalid_request_error","param":null,"code":null}}""")(http);
        });

        var ended = await UntilEndedAsync(await chat.CreateAsync("\"input\":\"Hi\",\"background\":true"), chat);

        ((string?)ended["status"], (string?)ended["error"]!["code"]).ShouldBe(("failed", "invalid_prompt"));
        ((string)ended["error"]!["message"]!).ShouldContain("too hot");
    }

    [Fact]
    public async Task It_can_be_cancelled_and_the_upstream_notices()
    {
        var queued = await _chat.CreateAsync("\"input\":\"Hi\",\"background\":true");
        await _asked.Task;

        using var cancelled = await _chat.PostAsync("", $"/v1/responses/{(string?)queued["id"]}/cancel");

        ((string?)(await ScriptedChat.ResponseOf(cancelled))["status"]).ShouldBe("cancelled");
        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
        using var again = await _chat.PostAsync("", $"/v1/responses/{(string?)queued["id"]}/cancel");
        ((string?)(await ScriptedChat.ResponseOf(again))["status"]).ShouldBe("cancelled");
    }

    [Fact]
    public async Task What_another_process_cancelled_ends_here_at_the_next_heartbeat()
    {
        var queued = await _chat.CreateAsync("\"input\":\"Hi\",\"background\":true");
        await _asked.Task;
        var store = _chat.Gateway.Services.GetRequiredService<IResponseStore>();
        var running = (await store.FindAsync("default", (string)queued["id"]!, TestContext.Current.CancellationToken)).ShouldNotBeNull();

        await store.ReplaceRunningAsync(running.Cancel(), TestContext.Current.CancellationToken);

        await _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task More_than_may_run_at_once_are_refused_until_one_has_ended()
    {
        await using var chat = await ScriptedChat.StartAsync(AnswerAsync, ("Gateway:Responses:MaxBackgroundRuns", "1"));
        var queued = await chat.CreateAsync("\"input\":\"Hi\",\"background\":true");
        await _asked.Task;

        using var refused = await chat.PostAsync(Background);

        var error = await ScriptedChat.ErrorOf(refused, HttpStatusCode.TooManyRequests);
        ((string?)error["type"], (string?)error["code"], refused.Headers.RetryAfter!.Delta).ShouldBe(("requests", "rate_limit_exceeded", TimeSpan.FromSeconds(5)));
        _release.SetResult();
        await UntilEndedAsync(queued, chat);
        while (await IsRefusedAsync(chat))
        {
            // Its place is free a moment after its end is shown.
        }
    }

    [Fact]
    public async Task A_gateway_that_stops_marks_it_failed_and_says_why()
    {
        var queued = await _chat.CreateAsync("\"input\":\"Hi\",\"background\":true");
        await _asked.Task;
        var store = _chat.Gateway.Services.GetRequiredService<IResponseStore>();

        await _chat.Gateway.StopAsync();

        var ended = (await store.FindAsync("default", (string)queued["id"]!, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        var shown = ResponseSchemas.ShouldBeResponse(System.Text.Encoding.UTF8.GetString(ended.Body.Span));
        ((string?)shown["status"], ended.IsRunning).ShouldBe(("failed", false));
        ((string)shown["error"]!["message"]!).ShouldContain("stopped");
    }

    [Fact]
    public async Task What_died_with_its_process_has_failed_once_its_lease_is_over()
    {
        var queued = await _chat.CreateAsync("\"input\":\"Hi\",\"background\":true");
        await _asked.Task;
        var store = _chat.Gateway.Services.GetRequiredService<IResponseStore>();
        var running = (await store.FindAsync("default", (string)queued["id"]!, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await store.SaveAsync(running with { Id = "resp_lost", RunsUntil = DateTimeOffset.UnixEpoch }, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        using var response = await _chat.GetAsync("/v1/responses/resp_lost");

        var lost = await ScriptedChat.ResponseOf(response);
        ((string?)lost["status"], (string?)lost["error"]!["code"]).ShouldBe(("failed", "server_error"));
    }

    private static async Task<bool> IsRefusedAsync(ScriptedChat chat)
    {
        using var response = await chat.PostAsync(Background);
        response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.TooManyRequests);
        return response.StatusCode == HttpStatusCode.TooManyRequests;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        http.RequestAborted.Register(_cancelled.SetResult);
        _asked.TrySetResult();
        await _release.Task.WaitAsync(http.RequestAborted);
        await ScriptedChat.Stream(Begun, Rest)(http);
    }

    // Polling is how a caller learns of it.
    private async Task<JsonObject> UntilEndedAsync(JsonObject response, ScriptedChat? chat = null)
    {
        while ((string?)response["status"] is "queued" or "in_progress")
        {
            using var polled = await (chat ?? _chat).GetAsync($"/v1/responses/{(string?)response["id"]}");
            response = await ScriptedChat.ResponseOf(polled);
        }

        return response;
    }
}
