using Cost.Worker.Ledger.Files;
using Gateway.Tests.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Cost;

/// <summary>The worker's commands, as processes.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("cost-commands-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task A_month_is_reported_while_a_worker_holds_the_ledger_and_not_rebuilt()
    {
        await using var ledger = await FillAsync();

        var report = await CostProcess.RunAsync(Token, "report", "--month", "2026-11", "--by", "status", "--format", "csv", "--data", _data);
        var rebuild = await CostProcess.RunAsync(Token, "rebuild", "--data", _data);

        report.ShouldBe((0,
            """
            status,requests,input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,cost_usd,unknown_cost_requests,estimated_requests,cache_saving_usd,cache_hits,avoided_calls,avoided_cost_usd
            cancelled,2,230,9,0,20,0.000001010,1,2,0.000000003,0,0,0.000000000
            ok,18,1980,54,40,180,0.000014140,4,0,0.000000018,2,4,0.000000014

            """, ""));
        rebuild.ExitCode.ShouldBe(1);
        rebuild.Error.ShouldContain("is written by another worker already");
    }

    [Fact]
    public async Task A_rebuild_mends_a_roll_up_and_says_what_it_did()
    {
        await using (await FillAsync())
        {
        }

        var before = await CostProcess.RunAsync(Token, "report", "--month", "2026-11", "--format", "csv", "--data", _data);
        foreach (var file in Directory.GetFiles(Path.Combine(_data, "rollups")))
        {
            await File.WriteAllTextAsync(file, "nonsense", Token);
        }

        var damaged = await CostProcess.RunAsync(Token, "report", "--month", "2026-11", "--format", "csv", "--data", _data);
        var rebuild = await CostProcess.RunAsync(Token, "rebuild", "--month", "2026-11", "--data", _data);
        var after = await CostProcess.RunAsync(Token, "report", "--month", "2026-11", "--format", "csv", "--data", _data);

        damaged.ExitCode.ShouldBe(1);
        damaged.Error.ShouldStartWith("rollups/2026-11-21.day.jsonl is damaged: summed from the records instead.");
        damaged.Output.ShouldBe(before.Output);
        (rebuild.ExitCode, rebuild.Output.Split('\n')[^2]).ShouldBe((0, "Worked out anew: 1 day."));
        after.ShouldBe(before);
    }

    [Theory]
    [InlineData("--month is 'November'; it must be a month such as 2026-11.", "report", "--month", "November")]
    [InlineData("--by: 'colour' is nothing to group by; allowed, separated by commas: tenant, key, user, alias, model, provider, variant, batch, status, day, hour.", "report", "--month", "2026-11", "--by", "tenant,colour")]
    [InlineData("--by: 'day' is named twice.", "report", "--month", "2026-11", "--by", "day,day")]
    [InlineData("--format is 'pdf'; it must be one of text, html, md, json, csv.", "report", "--month", "2026-11", "--format", "pdf")]
    [InlineData("--budget: '1e3' is no budget for a month; it must be US dollars, above 0 and at most 1000000000, such as 500 or 99.50.", "report", "--month", "2026-11", "--budget", "1e3")]
    [InlineData("--month is '2026'; it must be a month such as 2026-11.", "rebuild", "--month", "2026")]
    [InlineData("Option '--month' is required.", "report")]
    [InlineData("'reprot' is no command; it must be one of report", "reprot")]
    public async Task What_is_not_understood_is_said_with_what_is_allowed(string fault, params string[] args)
    {
        var (exitCode, output, error) = await CostProcess.RunAsync(Token, args);

        exitCode.ShouldBe(2);
        error.ShouldContain(fault);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_without_a_ledger_is_no_month_without_usage()
    {
        var (exitCode, _, error) = await CostProcess.RunAsync(Token, "report", "--month", "2026-11", "--data", _data);

        exitCode.ShouldBe(1);
        error.ShouldStartWith($"There is no ledger in {_data}.");
    }

    [Fact]
    public async Task A_store_that_is_not_known_ends_the_start_and_says_what_is()
    {
        var (exitCode, _, error) = await CostProcess.RunAsync(Token, "--Ledger:Store", "Sqlite", "--Data:Directory", _data);

        (exitCode, error).ShouldBe((1, "The configuration is not valid:\n- Ledger:Store is 'Sqlite'; it must be one of Files, DynamoDB.\n"));
    }

    [Fact]
    public async Task Help_names_the_commands()
    {
        var (exitCode, output, _) = await CostProcess.RunAsync(Token, "--help");

        exitCode.ShouldBe(0);
        output.ShouldContain("report");
        output.ShouldContain("rebuild");
    }

    private async Task<FileLedger> FillAsync()
    {
        var ledger = new FileLedger(_data, new StoppedClock(Events.Noon), NullLogger<FileLedger>.Instance);
        await ledger.OpenAsync(Token);
        await ledger.AppendAsync([Events.Batch("a", 1, 20)], Token);
        await ledger.FlushAsync(onlyWhereDue: false, Token);
        return ledger;
    }
}
