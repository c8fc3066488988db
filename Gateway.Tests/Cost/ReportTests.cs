using System.Text;
using Cost.Worker.Ledger;
using Cost.Worker.Reports;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Cost;

/// <summary>The forms of a report, letter by letter.</summary>
public sealed class ReportTests
{
    private static readonly UsageReport Report = Make(new LedgerNotes(["ledger/2026-11-21.jsonl:3"], []));

    private static readonly global::Cost.Worker.Reports.Report Whole = new(Ledger.Events.Noon, Report, new DailySpend(Report.Period, Report.By[0]), Forecast: null, MonthlyBudgetUsd: null);

    [Fact]
    public void Text()
    {
        using var text = new StringWriter();
        TextReport.Write(text, Whole);

        text.ToString().ShouldBe(
            """
            Usage from 2026-11-01 to before 2026-12-01 (UTC), by tenant, model

            tenant    model          requests  input  cached input  cache write  output     cost USD  unknown cost  estimated    saved USD  cache hits  avoided calls  avoided USD
            ----------------------------------------------------------------------------------------------------------------------------------------------------------------------
            -         -                     1      0             0            0       0  0.000000000             0          0  0.000000000           0              0  0.000000000
            ac?me     gpt-4o                2    150            20            5      30  1.000000001             1          1  0.000000007           1              2  0.000000005
            globex,"  =cmd|' /C'!A0         1      1             0            0       0      unknown             1          0  0.000000000           0              0  0.000000000
            ----------------------------------------------------------------------------------------------------------------------------------------------------------------------
            total                           4    151            20            5      30  1.000000001             2          1  0.000000007           1              2  0.000000005

            2 requests have no known cost; it is in no sum.

            1 records unreadable, in no sum:
              ledger/2026-11-21.jsonl:3

            """);
    }

    [Fact]
    public void Csv()
    {
        using var text = new StringWriter();
        CsvReport.Write(text, Report);

        text.ToString().ShouldBe(
            """"
            tenant,model,requests,input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,cost_usd,unknown_cost_requests,estimated_requests,cache_saving_usd,cache_hits,avoided_calls,avoided_cost_usd
            ,,1,0,0,0,0,0.000000000,0,0,0.000000000,0,0,0.000000000
            ac~me,gpt-4o,2,150,20,5,30,1.000000001,1,1,0.000000007,1,2,0.000000005
            "globex,""","'=cmd|' /C'!A0",1,1,0,0,0,,1,0,0.000000000,0,0,0.000000000

            """".Replace('~', '\u0007'));
    }

    [Fact]
    public void Json()
    {
        using var output = new MemoryStream();
        JsonReport.Write(output, Report);

        Encoding.UTF8.GetString(output.ToArray()).Replace(" ", "").Replace("\n", "").ShouldBe(
            """
            {"object":"usage","from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z","by":["tenant","model"],"data":[
            {"tenant":null,"model":null,"requests":1,"input_tokens":0,"cached_input_tokens":0,"cache_write_tokens":0,"output_tokens":0,"cost_usd":"0.000000000","unknown_cost_requests":0,"estimated_requests":0,"cache_saving_usd":"0.000000000","cache_hits":0,"avoided_calls":0,"avoided_cost_usd":"0.000000000"},
            {"tenant":"ac\u0007me","model":"gpt-4o","requests":2,"input_tokens":150,"cached_input_tokens":20,"cache_write_tokens":5,"output_tokens":30,"cost_usd":"1.000000001","unknown_cost_requests":1,"estimated_requests":1,"cache_saving_usd":"0.000000007","cache_hits":1,"avoided_calls":2,"avoided_cost_usd":"0.000000005"},
            {"tenant":"globex,\"","model":"=cmd|'/C'!A0","requests":1,"input_tokens":1,"cached_input_tokens":0,"cache_write_tokens":0,"output_tokens":0,"cost_usd":null,"unknown_cost_requests":1,"estimated_requests":0,"cache_saving_usd":"0.000000000","cache_hits":0,"avoided_calls":0,"avoided_cost_usd":"0.000000000"}],
            "total":{"requests":4,"input_tokens":151,"cached_input_tokens":20,"cache_write_tokens":5,"output_tokens":30,"cost_usd":"1.000000001","unknown_cost_requests":2,"estimated_requests":1,"cache_saving_usd":"0.000000007","cache_hits":1,"avoided_calls":2,"avoided_cost_usd":"0.000000005"},
            "unreadable":["ledger/2026-11-21.jsonl:3"],"remarks":[]}
            """.Replace("\n", ""));
    }

    [Fact]
    public void Markdown()
    {
        using var text = new StringWriter();
        MarkdownReport.Write(text, Whole);

        text.ToString().ShouldBe(
            """
            # Usage of November 2026, by tenant, model

            - cost: **$1.00**
            - requests: **4**
            - tokens in: **176**
            - tokens out: **30**
            - saved: **$0.000000012**
            - requests of unknown cost: **2**

            ## Usage

            | tenant | model | requests | input | cached input | cache write | output | cost USD | unknown cost | estimated | saved USD | cache hits | avoided calls | avoided USD |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | - | - | 1 | 0 | 0 | 0 | 0 | 0.000000000 | 0 | 0 | 0.000000000 | 0 | 0 | 0.000000000 |
            | ac?me | gpt-4o | 2 | 150 | 20 | 5 | 30 | 1.000000001 | 1 | 1 | 0.000000007 | 1 | 2 | 0.000000005 |
            | globex," | =cmd\|' /C'\!A0 | 1 | 1 | 0 | 0 | 0 | unknown | 1 | 0 | 0.000000000 | 0 | 0 | 0.000000000 |
            | total |  | 4 | 151 | 20 | 5 | 30 | 1.000000001 | 2 | 1 | 0.000000007 | 1 | 2 | 0.000000005 |

            ## Savings

            The provider's prompt cache saved the first sum, which its price has taken off already; calls that the gateway answered itself would have cost the other.

            | tenant | model | saved USD | cache hits | avoided calls | avoided USD |
            | --- | --- | ---: | ---: | ---: | ---: |
            | ac?me | gpt-4o | 0.000000007 | 1 | 2 | 0.000000005 |

            ## Unknown costs

            Nobody has said what these requests cost, so they are in no sum of money and in no forecast. Prices are set under Gateway:Prices.

            | tenant | model | requests | unknown cost | input | output |
            | --- | --- | ---: | ---: | ---: | ---: |
            | ac?me | gpt-4o | 2 | 1 | 150 | 30 |
            | globex," | =cmd\|' /C'\!A0 | 1 | 1 | 1 | 0 |

            1 records unreadable, in no sum: ledger/2026-11-21.jsonl:3

            """);
    }

    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("123456789012", "$123.46")]
    [InlineData("1234567890120000", "$1,234,567.89")]
    [InlineData("12345678", "$0.01235")]
    [InlineData("12", "$0.000000012")]
    [InlineData("-1500000000", "-$1.50")]
    public void Money_is_shown_to_the_cent_or_to_its_fourth_figure(string nano, string usd) => Money.Shown(Int128.Parse(nano)).ShouldBe(usd);

    [Theory]
    [InlineData(null, "-")]
    [InlineData("a\nb\u001b[2J", "a?b?[2J")]
    [InlineData("user\u202egnp.exe", "user?gnp.exe")]
    [InlineData("Zoë 😀", "Zoë 😀")]
    public void Names_do_not_move_cursors_or_turn_letters_round(string? name, string shown) => Names.Shown(name).ShouldBe(shown);

    [Theory]
    [InlineData("0", "0.000000000")]
    [InlineData("1", "0.000000001")]
    [InlineData("123456789012", "123.456789012")]
    [InlineData("27670116110564327421", "27670116110.564327421")]
    [InlineData("-1500000000", "-1.500000000")]
    public void Money_is_exact(string nano, string usd) => Money.Usd(Int128.Parse(nano)).ShouldBe(usd);

    [Theory]
    [InlineData(null, null, "2026-11-01T00", "2026-12-01T00")]
    [InlineData("2026-11-05", null, "2026-11-05T00", "2026-11-22T00")]
    [InlineData(null, "2026-10-31", "2026-10-01T00", "2026-11-01T00")]
    [InlineData("2026-11-01", "2026-11-01", "2026-11-01T00", "2026-11-02T00")]
    [InlineData("2026-11-01T08:00:00Z", "2026-11-01T12:00:00+02:00", "2026-11-01T08", "2026-11-01T10")]
    public void A_period_is_read(string? from, string? to, string begin, string end)
    {
        PeriodText.TryParse(from, to, Ledger.Events.Noon, out var period, out _, out var fault).ShouldBeTrue(fault);

        (period.From.ToString("yyyy-MM-ddTHH"), period.To.ToString("yyyy-MM-ddTHH")).ShouldBe((begin, end));
    }

    [Theory]
    [InlineData("yesterday", null, "from", "'yesterday' is no date (2026-11-21) and no date and time (2026-11-21T08:00:00Z).")]
    [InlineData(null, "2026-11-31", "to", "'2026-11-31' is no date (2026-11-21) and no date and time (2026-11-21T08:00:00Z).")]
    [InlineData("2026-11-01T08:30:00Z", null, "from", "'2026-11-01T08:30:00Z' is no full hour; usage is summed by the hour.")]
    [InlineData("2026-11-02", "2026-11-01", "to", "The period ends before it begins.")]
    public void What_is_no_period_is_said(string? from, string? to, string param, string fault)
    {
        PeriodText.TryParse(from, to, Ledger.Events.Noon, out _, out var faulty, out var said).ShouldBeFalse();

        (faulty, said).ShouldBe((param, fault));
    }

    private static UsageReport Make(LedgerNotes notes)
    {
        Dimension.TryParse("tenant,model", out var by, out _).ShouldBeTrue();
        UsageReportRow[] rows =
        [
            new([null, null], default(UsageSums) with { Requests = 1 }),
            new(["ac\u0007me", "gpt-4o"], new UsageSums(2, 150, 20, 5, 30, 1_000_000_001, 1, 1, 7, 0, 0, 1, 2, 5)),
            new(["globex,\"", "=cmd|' /C'!A0"], default(UsageSums) with { Requests = 1, InputTokens = 1, UnknownCostRequests = 1 }),
        ];
        return new UsageReport(UsagePeriod.OfMonth(new DateOnly(2026, 11, 1)), by, rows, rows.Aggregate(default(UsageSums), (sum, row) => sum + row.Sums), notes);
    }
}
