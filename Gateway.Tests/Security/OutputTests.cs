using Cost.Worker.Alerts;
using Cost.Worker.Reports;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>Names that callers make up, where another program reads them; of HTML, Markdown and Slack see Gateway.Tests.Reports and Gateway.Tests.Alerts.</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData("=cmd|'/c calc'!A1")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [Trait("Requirement", "G6.4")]
    public void A_spreadsheet_takes_no_name_for_a_formula(string name)
    {
        using var output = new StringWriter();

        CsvTable.Write(output, ["tenant", "cost"], [[name, "1.5"]]);

        output.ToString().Split('\n', 2)[1].TrimStart('"').ShouldStartWith("'");
    }

    [Fact]
    [Trait("Requirement", "G4.3")]
    public void The_title_of_an_alert_is_one_line_whatever_it_is_about()
    {
        var alert = new Alert { Id = "a", Rule = "budget", Subject = "acme\r\nBcc: all@example.com\r\n\r\nBody", Severity = Severity.Warning, Worst = Severity.Warning, Summary = "", StartedAt = default, ChangedAt = default };

        var title = new AlertMessage("m", AlertEvent.Raised, default, alert).Title();

        title.ShouldBe("[warning] budget acme  Bcc: all@example.com    Body");
    }
}
