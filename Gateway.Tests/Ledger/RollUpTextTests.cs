using System.Buffers;
using System.Text;
using System.Text.Json;
using Cost.Worker.Ledger;
using Cost.Worker.Ledger.Files;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Ledger;

public sealed class RollUpTextTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    public static TheoryData<string> Names => ["acme", "", "a \"quoted\" name\\", "\\", "ümläut \u2028 and 🙂", "tab\tand\nline", "},{\"key\":\"x\""];

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "D3.1")]
    public void A_row_comes_back_as_it_was_written(string name)
    {
        var row = new RollUpRow(
            Day, 23, new UsageGroup(name, name, User: null, name, "model", "provider", name, Batch: true, UsageStatus.Failed),
            new UsageSums(1, 2, 3, 0, 5, -6, 7, 8, 9, 10, Int128.MaxValue, 12, 13, Int128.MinValue));

        RollUpText.Read(Written(row), Day, new NamePool()).ShouldBe(row);
    }

    [Fact]
    public void One_of_a_whole_day_in_which_nothing_was_used_has_no_more_than_a_status()
    {
        var row = new RollUpRow(Day, null, default, default);

        Encoding.UTF8.GetString(Written(row)).ShouldBe("""{"status":"ok"}""");
        RollUpText.Read(Written(row), Day, new NamePool()).ShouldBe(row);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"status":"ok" }""")]
    [InlineData("""{"status":"ok"}}""")]
    [InlineData("""{"status":"ok""")]
    [InlineData("""{"status":"ok\""")]
    [InlineData("""{"status":"well"}""")]
    [InlineData("""{"status":"ok","requests":}""")]
    [InlineData("""{"status":"ok","cost":1}""")]
    [InlineData("""["status"]""")]
    public void What_is_no_row_is_refused(string text) => Should.Throw<JsonException>(() => RollUpText.Read(Encoding.UTF8.GetBytes(text), Day, new NamePool()));

    private static byte[] Written(RollUpRow row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            RollUpText.Write(json, row);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
