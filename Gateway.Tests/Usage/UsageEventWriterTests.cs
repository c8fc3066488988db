using System.Buffers;
using System.Text;
using System.Text.Json;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Usage;

/// <summary>What is written fast is what the serializer, which reads it again, would write.</summary>
public sealed class UsageEventWriterTests
{
    private static readonly UsageEventId Id = new("7f3kq2zd", 9_000_000_000);

    private static readonly UsageEvent Least = new()
    {
        Id = default,
        RequestId = "",
        At = DateTimeOffset.UnixEpoch,
        Operation = "chat",
        Status = UsageStatus.Refused,
        HttpStatus = 429,
    };

    private static readonly UsageEvent Full = Least with
    {
        RequestId = "r\"\u0001é\ud83d\ude00\n<&+",
        At = new DateTimeOffset(2026, 11, 21, 8, 30, 0, 123, TimeSpan.FromHours(1)).AddTicks(7),
        Tenant = "acme",
        Key = "key_1",
        User = "",
        Alias = "phi\\3",
        Provider = "local",
        Model = "microsoft/Phi-3",
        Variant = "b",
        Error = "upstream_error",
        Streamed = true,
        Batch = true,
        Tokens = new UsageTokens(1, 2, 3, 4),
        TokenSource = TokenSource.Estimated,
        CostNanoUsd = long.MaxValue,
        Price = "local/x@2026-01-01",
        CacheSavingNanoUsd = 5,
        AvoidedBy = AvoidedBy.Cache,
        AvoidedCostNanoUsd = 9,
        DurationMicroseconds = 6,
        FirstTokenMicroseconds = 0,
        Attempts = 7,
        ToolCalls = 8,
        Round = 2,
        Tools = [new ToolCallUsage { Server = "products", Tool = "search_catalog", DurationMicroseconds = 3, ResultBytes = 4, Failed = true }, new ToolCallUsage()],
    };

    public static TheoryData<UsageEvent> Events =>
    [
        Least, Full,
        .. Enum.GetValues<UsageStatus>().Select(status => Full with { Status = status }),
        .. Enum.GetValues<TokenSource>().Select(source => Full with { TokenSource = source, CostNanoUsd = 0 }),
        .. Enum.GetValues<AvoidedBy>().Select(by => Full with { AvoidedBy = by, AvoidedCostNanoUsd = null }),
        Full with { Tokens = default, CostNanoUsd = null, FirstTokenMicroseconds = null },
        Full with { Tokens = new UsageTokens(0, 0, 0, -4), CacheSavingNanoUsd = -5, Streamed = false },
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void AnEventIsWrittenAsTheSerializerWouldWriteIt(UsageEvent usage)
    {
        Written(usage, Id).ShouldBe(JsonSerializer.Serialize(usage with { Id = Id }, UsageJson.Default.UsageEvent));
    }

    [Fact]
    public void TheLongestIdFits()
    {
        var id = new UsageEventId(new string('a', 64), long.MaxValue);
        Written(Least, id).ShouldStartWith($"{{\"id\":\"{id}\",");
    }

    private static string Written(UsageEvent usage, UsageEventId id)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        UsageEventWriter.Write(json, usage, id);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
