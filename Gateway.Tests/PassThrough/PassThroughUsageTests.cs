using System.Net.Http.Headers;
using System.Text;
using Gateway.Tests.Metering;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.PassThrough;

/// <summary>What a request that is passed on leaves in its usage event.</summary>
[Trait("Requirement", "G4.1")]
public sealed class PassThroughUsageTests(MeteredGateway gateway) : IClassFixture<MeteredGateway>
{
    private readonly string _id = $"req-{Guid.NewGuid():N}";

    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":30,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":20}}}""", true)]
    [InlineData("""{"usage":{"type":"tokens","input_tokens":30,"output_tokens":5,"input_tokens_details":{"cached_tokens":20}}}""", false)]
    public async Task A_JSON_reply_that_tells_its_tokens_is_billed_by_them(string reply, bool declaresLength)
    {
        gateway.Script(_id, async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = declaresLength ? reply.Length : null;
            await context.Response.WriteAsync(reply);
        });

        (await CallAsync($$"""{"language":"en","model":"{{MeteredGateway.PricedModel}}"}""")).ShouldBe((200, reply));

        var usage = await gateway.EventOfAsync(_id);
        usage.ShouldBe(new UsageEvent
        {
            Id = usage.Id,
            RequestId = _id,
            At = usage.At,
            Operation = "audio/transcriptions",
            Tenant = "acme",
            Key = usage.Key,
            User = "ann",
            Provider = "local",
            Model = MeteredGateway.PricedModel,
            Status = UsageStatus.Ok,
            HttpStatus = 200,
            Tokens = new UsageTokens(Input: 10, CachedInput: 20, CacheWrite: 0, Output: 5),
            TokenSource = TokenSource.Reported,
            CostNanoUsd = (30 * 2_500) + (5 * 10_000),
            Price = $"local/{MeteredGateway.PricedModel}",
            DurationMicroseconds = usage.DurationMicroseconds,
            FirstTokenMicroseconds = usage.FirstTokenMicroseconds,
            Attempts = 1,
        });
    }

    [Theory]
    [InlineData("""{"text":"Hello","usage":{"type":"duration","seconds":9}}""", "application/json")]
    [InlineData("""{"text":"Hello"}""", "application/json")]
    [InlineData("Hello", "text/plain")]
    public async Task A_reply_without_tokens_costs_an_unknown_sum(string reply, string type)
    {
        gateway.Script(_id, context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(reply);
        });

        await CallAsync($$"""{"model":"{{MeteredGateway.PricedModel}}"}""");

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.Tokens, usage.TokenSource, usage.CostNanoUsd).ShouldBe((UsageStatus.Ok, default(UsageTokens), TokenSource.None, null));
    }

    [Theory]
    [InlineData("\n", "data: [DONE]\n\n")]
    [InlineData("\r\n", "data: {\"type\":\"other\",\"usage\":null}\r\n\r\n")]
    public async Task A_stream_is_billed_by_the_last_usage_that_its_events_tell(string lineBreak, string end)
    {
        string[] pieces =
        [
            "data: {\"type\":\"transcript.text.delta\",\"delta\":\"He\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}||event: x|data: {\"type\":\"transcript.te",
            "xt.done\",\"text\":\"Hello\",|data: \"usage\":{\"type\":\"tokens\",\"input_tokens\":30,\"output_tokens\":5,\"input_tokens_details\":{\"cached_tokens\":20}}}|",
            "|",
        ];
        var stream = pieces.Select(piece => piece.Replace("|", lineBreak, StringComparison.Ordinal)).Append(end).ToList();
        gateway.Script(_id, async context =>
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            foreach (var piece in stream)
            {
                await context.Response.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        });

        (await CallAsync($$"""{"stream":true,"model":"{{MeteredGateway.PricedModel}}"}""")).ShouldBe((200, string.Concat(stream)));

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.Streamed, usage.Tokens, usage.TokenSource).ShouldBe((UsageStatus.Ok, true, new UsageTokens(Input: 10, CachedInput: 20, CacheWrite: 0, Output: 5), TokenSource.Reported));
        usage.CostNanoUsd.ShouldBe((30 * 2_500) + (5 * 10_000));
    }

    [Fact]
    public async Task A_stream_with_an_event_too_long_to_be_kept_passes_whole_and_costs_an_unknown_sum()
    {
        const string Told = "data: {\"usage\":{\"input_tokens\":30,\"output_tokens\":5}}\n\n";
        var stream = $"{Told}data: {{\"b64_json\":\"{new string('x', 4 * 1024 * 1024)}\"}}\n\n{Told}";
        gateway.Script(_id, context =>
        {
            context.Response.ContentType = "text/event-stream";
            return context.Response.WriteAsync(stream);
        });

        (await CallAsync($$"""{"stream":true,"model":"{{MeteredGateway.PricedModel}}"}""")).ShouldBe((200, stream));

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.TokenSource, usage.CostNanoUsd).ShouldBe((UsageStatus.Ok, TokenSource.None, null));
    }

    [Fact]
    public async Task The_model_is_the_replys_where_the_request_names_none()
    {
        gateway.Script(_id, context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"usage":{"input_tokens":1,"output_tokens":0},"model":"{{MeteredGateway.PricedModel}}"}""");
        });

        await CallAsync("not JSON", "text/plain");

        var usage = await gateway.EventOfAsync(_id);
        (usage.Model, usage.CostNanoUsd).ShouldBe((MeteredGateway.PricedModel, 2_500));
    }

    [Fact]
    public async Task What_the_provider_rejects_costs_nothing_and_is_booked_as_failed()
    {
        const string Error = """{"error":{"message":"No such voice.","type":"invalid_request_error","param":"voice","code":"invalid_value"}}""";
        gateway.Script(_id, context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(Error);
        });

        (await CallAsync("{}")).ShouldBe((400, Error));

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.Error, usage.CostNanoUsd).ShouldBe((UsageStatus.Failed, 400, "invalid_value", 0));
    }

    [Fact]
    public async Task What_the_gateway_refuses_is_booked_as_refused()
    {
        (await CallAsync(new string('x', MeteredGateway.MaxPassThroughBytes + 1))).Status.ShouldBe(413);

        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.Error, usage.Provider, usage.CostNanoUsd).ShouldBe((UsageStatus.Refused, 413, "request_too_large", null, 0));
    }

    [Fact]
    public async Task A_caller_who_leaves_is_booked_as_cancelled_and_the_provider_is_told()
    {
        var left = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        gateway.Script(_id, async context =>
        {
            asked.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                left.SetResult();
            }
        });
        using var leaving = new CancellationTokenSource();

        var call = CallAsync("{}", cancellationToken: leaving.Token);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
        var usage = await gateway.EventOfAsync(_id);
        (usage.Status, usage.HttpStatus, usage.CostNanoUsd).ShouldBe((UsageStatus.Cancelled, 499, null));
    }

    private async Task<(int Status, string Body)> CallAsync(string body, string type = "application/json", CancellationToken? cancellationToken = null)
    {
        using var client = gateway.Gateway.ClientWith(gateway.Key);
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        content.Headers.Add("x-request-id", _id);
        using var response = await client.PostAsync("/v1/audio/transcriptions", content, cancellationToken ?? TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
