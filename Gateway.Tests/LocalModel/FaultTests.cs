using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class FaultTests(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task A_status_comes_with_its_retry_after_and_an_error_in_OpenAIs_form()
    {
        using var response = await server.SendAsync(Path, ModelServer.Chat("x"), "status=429;retry_after=2", "status-1");
        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe("""{"error":{"message":"Simulated fault: status 429.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded"}}""");
        var record = await server.EndedAsync("status-1");
        record["finish"]!.GetValue<string>().ShouldBe("faulted");
        record["status"]!.GetValue<int>().ShouldBe(429);
        record["faults"]!.ToJsonString().ShouldBe("""["status"]""");
    }

    [Fact]
    public async Task A_success_may_carry_a_body_that_is_none()
    {
        using var response = await server.SendAsync(Path, ModelServer.Chat("x"), "status=200;body=%3Chtml%3Esorry%3B%3C%2Fhtml%3E;content_type=text%2Fhtml");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("<html>sorry;</html>");
    }

    [Fact]
    public async Task A_cut_stream_breaks_off_after_its_tokens_and_counts_them()
    {
        var body = ModelServer.Chat("go", new { stream = true, ignore_eos = true, max_tokens = 60 });
        using var response = await server.SendAsync(Path, body, "cut_after=40", "cut-1", headersOnly: true);
        var lines = new List<string>();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var broken = await Record.ExceptionAsync(async () =>
        {
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                lines.Add(line);
            }
        });

        (broken is IOException or HttpRequestException).ShouldBeTrue(broken?.ToString() ?? "The stream ended as if it were whole.");
        lines.Count(line => line.StartsWith("data: ", StringComparison.Ordinal)).ShouldBe(41);
        var record = await server.EndedAsync("cut-1");
        (record["finish"]!.GetValue<string>(), record["completion_tokens"]!.GetValue<int>()).ShouldBe(("faulted", 40));
    }

    [Fact]
    public async Task A_cut_answer_that_is_not_streamed_is_a_reset_connection()
    {
        await Should.ThrowAsync<HttpRequestException>(() => server.SendAsync(Path, ModelServer.Chat("x"), "cut_after=0", "cut-2"));
        (await server.EndedAsync("cut-2"))["status"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task One_malformed_chunk_leaves_the_rest_whole()
    {
        var plain = await server.EventsAsync(Path, ModelServer.Chat("Explain tides"));
        var broken = await server.EventsAsync(Path, ModelServer.Chat("Explain tides"), "malformed_after=3");
        broken.Count.ShouldBe(plain.Count + 1);
        Should.Throw<System.Text.Json.JsonException>(() => JsonNode.Parse(broken[4]));
        broken.RemoveAt(4);
        broken.Select(WithoutId).ShouldBe(plain.Select(WithoutId));
    }

    [Fact]
    public async Task A_stream_may_end_without_done()
    {
        var events = await server.EventsAsync(Path, ModelServer.Chat("hello"), "no_done");
        events.ShouldNotContain("[DONE]");
        JsonNode.Parse(events[^1])!["choices"]![0]!["finish_reason"]!.GetValue<string>().ShouldBe("stop");
    }

    [Theory]
    [InlineData("silence", "silence")]
    [InlineData("stall_after=2;stall_ms=60000", "stall")]
    [InlineData("tokens_per_second=20", null)]
    public async Task A_caller_who_leaves_is_noticed_and_what_was_made_is_counted(string simulate, string? fault)
    {
        var id = $"left-{fault ?? "paced"}";
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var body = ModelServer.Chat("go", new { stream = true, ignore_eos = true, max_tokens = 1000 });
        var sent = server.SendAsync(Path, body, simulate, id, headersOnly: true, leaving.Token);
        if (fault == "silence")
        {
            while ((await server.Client.GetAsync($"/control/requests/{id}", TestContext.Current.CancellationToken)).StatusCode is HttpStatusCode.NotFound)
            {
                await Task.Yield();
            }

            await leaving.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => sent);
        }
        else
        {
            using var response = await sent;
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(leaving.Token));
            for (var chunk = 0; chunk < 3; chunk++)
            {
                (await reader.ReadLineAsync(leaving.Token))!.ShouldStartWith("data: ");
                await reader.ReadLineAsync(leaving.Token);
            }

            // Leaving means cancelling: a response that is only disposed of is drained by HttpClient for two seconds more.
            var next = ReadOnAsync(reader, leaving.Token);
            await leaving.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => next);
        }

        var record = await server.EndedAsync(id);
        record["finish"]!.GetValue<string>().ShouldBe("cancelled");
        record["completion_tokens"]!.GetValue<int>().ShouldBeInRange(fault == "silence" ? 0 : 2, fault is null ? 20 : 2);
    }

    [Fact]
    public async Task Tokens_come_at_the_pace_asked_for()
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await server.SendAsync(Path, ModelServer.Chat("go", new { ignore_eos = true, max_tokens = 21 }), "time_to_first_token_ms=100;tokens_per_second=200");
        Stopwatch.GetElapsedTime(start).TotalMilliseconds.ShouldBeInRange(195, 2000);
    }

    [Fact]
    public async Task What_the_header_may_not_say_is_refused()
    {
        foreach (var wrong in new[] { "status=99", "cut_after=-1", "fire", "status" })
        {
            using var response = await server.SendAsync(Path, ModelServer.Chat("x"), wrong);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
        }
    }

    private static async Task ReadOnAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is not null)
        {
        }
    }

    private static string WithoutId(string data)
    {
        if (data == "[DONE]")
        {
            return data;
        }

        var chunk = JsonNode.Parse(data)!.AsObject();
        chunk.Remove("id");
        chunk.Remove("created");
        return chunk.ToJsonString();
    }
}
