using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metrics;

/// <summary>What Prometheus' own tool says of what each service answers it, and of what the dashboard asks it for.</summary>
public sealed partial class PromtoolTests(WholeSystem system) : IClassFixture<WholeSystem>
{
    private static readonly string? Tool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task It_finds_no_fault_with_the_metrics_of_any_service()
    {
        foreach (var text in await system.TextsAsync(Token))
        {
            (await RunAsync(text, "check", "metrics")).ShouldBe((0, ""));
        }
    }

    [Fact]
    [Trait("Requirement", "G4.5")]
    public async Task It_understands_every_expression_of_the_dashboard()
    {
        // A variable's query is no PromQL, but a function of Grafana's around some.
        var expressions = Dashboard.Expressions(await Dashboard.LoadAsync(Token)).Select(expression => Label().Replace(expression, "$1").Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$__range", "1h", StringComparison.Ordinal)).ToList();
        var rules = string.Concat(expressions.Select((expression, i) => $"      - record: dashboard:{i}\n        expr: {JsonSerializer.Serialize(expression)}\n"));
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"groups:\n  - name: dashboard\n    rules:\n{rules}", Token);
            var (code, output) = await RunAsync("", "check", "rules", "--lint=none", file);
            code.ShouldBe(0, output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(int Code, string Faults)> RunAsync(string input, params string[] arguments)
    {
        Assert.SkipWhen(Tool is null, "promtool is not installed here; ./test installs it where it can.");
        using var process = Process.Start(new ProcessStartInfo(Tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(input.AsMemory(), Token);
        process.StandardInput.Close();
        var (output, faults) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        await output;
        return (process.ExitCode, await faults);
    }

    // label_values(gateway_requests_total)
    [GeneratedRegex(@"^label_values\((.*)\)$")]
    private static partial Regex Label();
}
