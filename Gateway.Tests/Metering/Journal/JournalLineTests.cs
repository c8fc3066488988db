using System.Text;
using Gateway.Api.Metering.Journal;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metering.Journal;

public sealed class JournalLineTests
{
    // The check value of CRC-32C (RFC 3720, appendix B.4 and the catalogue of parametrised CRC algorithms).
    [Fact]
    public void The_checksum_is_CRC32C()
    {
        var prefix = new byte[CheckedLine.PrefixLength];
        CheckedLine.WritePrefix(prefix, "123456789"u8);

        Encoding.ASCII.GetString(prefix).ShouldBe("e3069283 ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("e3069283 ")]
    [InlineData("e3069283 123456789")]
    [InlineData("00000000 {\"id\":\"a.1\"}")]
    public void What_is_no_whole_event_is_damaged(string line) => JournalLine.TryRead(Encoding.UTF8.GetBytes(line), "a", out _).ShouldBeFalse();

    [Fact]
    public void An_event_of_another_journal_is_damage()
    {
        var line = Encoding.UTF8.GetBytes(DataDirectory.Line("a", 5).TrimEnd('\n'));

        (JournalLine.TryRead(line, "a", out var sequence), sequence).ShouldBe((true, 5));
        JournalLine.TryRead(line, "b", out _).ShouldBeFalse();
    }
}
