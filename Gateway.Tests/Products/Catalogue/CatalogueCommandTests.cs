using System.Diagnostics;
using Gateway.Tests.Hosts;
using Mcp.Products;
using Mcp.Products.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>Import and export as an operator types them, and the server that changes over to what was imported.</summary>
public sealed class CatalogueCommandTests : IDisposable
{
    private const string Feed = "id\ttitle\tprice\navail\tPan\t5 USD\nbad\tPan\t-5 USD\nlast\tWok\t7 USD\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("catalogue-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_feed_is_taken_over_its_bad_rows_told_and_written_again()
    {
        var feed = await WriteAsync("feed.tsv", Feed);
        var exported = Path.Combine(_folder, "out.csv");

        var import = await RunAsync("import", feed, "--data", Data);
        var export = await RunAsync("export", exported, "--data", Data);

        import.ExitCode.ShouldBe(1);
        import.Output.ShouldStartWith("2 products taken over, 1 rows left out");
        import.Error.ShouldContain("Line 3 is left out: 'bad' has the negative price '-5 USD'.\n");
        export.ShouldBe((0, $"2 products written to {exported}.\n", ""));
        (await File.ReadAllLinesAsync(exported, Token)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_feed_that_cannot_be_read_leaves_the_catalogue_as_it_was()
    {
        (await RunAsync("import", await WriteAsync("good.csv", "sku;name;cost\n1;Pan;5\n"), "--data", Data, "--map", "sku=id", "--map", "name=title", "--map", "cost=price", "--currency", "eur")).ExitCode.ShouldBe(0);
        var before = await File.ReadAllBytesAsync(Path.Combine(Data, "catalogue.jsonl"), Token);

        var broken = await RunAsync("import", await WriteAsync("broken.xml", "<rss><item><id>1</id><title>x</title><price>1 USD</price></item>"), "--data", Data);
        var empty = await RunAsync("import", await WriteAsync("empty.csv", "id,title,price\n1,,\n"), "--data", Data);
        var missing = await RunAsync("import", Path.Combine(_folder, "nothing.csv"), "--data", Data);

        broken.ExitCode.ShouldBe(1);
        broken.Error.ShouldContain("was not taken over. Line 1: the feed is not well-formed XML");
        empty.Error.ShouldContain("holds no product that could be taken");
        missing.ExitCode.ShouldBe(1);
        (await File.ReadAllBytesAsync(Path.Combine(Data, "catalogue.jsonl"), Token)).ShouldBe(before);
        (await File.ReadAllTextAsync(Path.Combine(Data, "catalogue.jsonl"), Token)).ShouldContain("\"currency\":\"EUR\"");
    }

    [Theory]
    [InlineData("--format is 'xls'; it must be one of jsonl, merchant-tsv, merchant-xml, acp, csv.", "import", "f.csv", "--format", "xls")]
    [InlineData("The ending of f.bin says nothing about its format", "import", "f.bin")]
    [InlineData("--map is 'price'; it must be COLUMN=FIELD", "import", "f.csv", "--map", "price")]
    [InlineData("--currency is 'dollars'", "import", "f.csv", "--currency", "dollars")]
    public async Task What_is_not_understood_is_told_with_what_is(string message, params string[] args)
    {
        var (exitCode, _, error) = await RunAsync(args);

        exitCode.ShouldBe(2);
        error.ShouldContain(message);
    }

    [Fact]
    public async Task The_server_changes_over_to_a_file_that_changed_and_stays_where_it_cannot()
    {
        await using var server = LeashedProcess.Start(
            new Dictionary<string, string> { ["Data__Directory"] = Data, ["Catalogue__ReloadSeconds"] = "1" }, "dotnet", typeof(ProductsApplication).Assembly.Location, "--urls", "http://127.0.0.1:0");
        await server.LineAsync("295 products of", Token);

        (await RunAsync("import", await WriteAsync("feed.tsv", Feed), "--data", Data)).ExitCode.ShouldBe(1);
        await server.LineAsync("2 products of", Token);
        await File.WriteAllTextAsync(Path.Combine(Data, "catalogue.jsonl"), "{ broken", Token);
        await server.LineAsync("the catalogue before it is still served", Token);

        server.Lines.ShouldContain(line => line.Contains("Line 1 of the catalogue is left out: it is not a product as JSON"));
    }

    [Fact]
    public void Faulty_settings_are_told_all_at_once_with_what_is_allowed()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Catalogue:Store"] = "Oracle",
            ["Catalogue:ReloadSeconds"] = "0",
            ["Catalogue:File"] = "/nowhere/feed.bin",
            ["Catalogue:Password"] = "secret",
        }).Build();

        Should.Throw<OptionsValidationException>(() => CatalogueOptionsValidator.Read(configuration)).Failures.ShouldBe(
        [
            "Catalogue:Store is 'Oracle'; it must be one of Memory, PostgreSQL.",
            "Catalogue:Password must be env:NAME, where the variable NAME is set.",
            "Catalogue:ReloadSeconds is 0; it must be 1 to 3600.",
            "Catalogue:File is '/nowhere/feed.bin', whose ending says nothing about its format: set Catalogue:Format to one of jsonl, merchant-tsv, merchant-xml, acp, csv.",
            "Catalogue:File is '/nowhere/feed.bin', which is not there.",
        ]);
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text, Token);
        return path;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ProductsApplication).Assembly.Location, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("Data__Directory");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }
}
