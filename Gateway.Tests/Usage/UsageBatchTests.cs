using System.Buffers;
using System.Text;
using System.Text.Json;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Usage;

public sealed class UsageBatchTests
{
    private static readonly UsageEvent Event = new()
    {
        Id = new UsageEventId("7f3kq2zd", 42),
        RequestId = "req_1",
        At = new DateTimeOffset(2026, 11, 21, 8, 30, 0, TimeSpan.Zero),
        Operation = "chat",
        Tenant = "acme",
        Alias = "phi-3-mini",
        Status = UsageStatus.Ok,
        HttpStatus = 200,
        Tokens = new UsageTokens(10, 20, 0, 5),
        TokenSource = TokenSource.Reported,
        CostNanoUsd = 0,
    };

    [Fact]
    public void AnEventIsALineOfSnakeCaseThatLeavesOutWhatIsNotThereAndKeepsACostOfZero()
    {
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(Event, UsageJson.Default.UsageEvent)).ShouldBe(
            """{"id":"7f3kq2zd.42","request_id":"req_1","at":"2026-11-21T08:30:00+00:00","operation":"chat","tenant":"acme","alias":"phi-3-mini","status":"ok","http_status":200,"tokens":{"input":10,"cached_input":20,"output":5},"token_source":"reported","cost_nano_usd":0}""");
    }

    [Fact]
    public void ABatchReadsBackAsItWasWritten()
    {
        var header = new UsageBatchHeader("7f3kq2zd", 42, 44);
        var output = new ArrayBufferWriter<byte>();
        UsageBatch.Write(output, header, [JsonSerializer.SerializeToUtf8Bytes(Event, UsageJson.Default.UsageEvent)]);

        var batch = UsageBatch.Read(output.WrittenSpan);
        batch.Header.ShouldBe(header);
        batch.Events.ShouldBe([Event]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"journal\":\"a\",\"first\":1,\"last\":1}\n{\"id\":\"a\"}")]
    [InlineData("{\"journal\":\"a\",\"first\":1,\"last\":1}\nnull")]
    public void WhatIsNoBatchIsRefusedWhole(string text) =>
        Should.Throw<JsonException>(() => UsageBatch.Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("a.1", true)]
    [InlineData("a.0", false)]
    [InlineData(".1", false)]
    [InlineData("a", false)]
    [InlineData("a/b.1", false)]
    [InlineData("a.1.2", false)]
    public void AnIdIsAJournalAndASequence(string text, bool isId)
    {
        UsageEventId.TryParse(text, out var id).ShouldBe(isId);
        if (isId)
        {
            id.ToString().ShouldBe(text);
        }
    }
}
