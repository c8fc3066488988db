using System.Text.RegularExpressions;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metrics;

/// <summary>What the documentation and the dashboard say there is, is there; and what is there they say.</summary>
public sealed partial class ObservabilityDocsTests(WholeSystem system) : IClassFixture<WholeSystem>
{
    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count"];

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task The_table_of_metrics_has_every_instrument_with_its_kind_and_unit()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "observability.md"), TestContext.Current.CancellationToken);

        var told = Row().Matches(page).Select(row => $"{row.Groups["name"].Value} | {row.Groups["kind"].Value} | {row.Groups["unit"].Value}");

        told.Order(StringComparer.Ordinal).ShouldBe(system.Instruments());
    }

    [Fact]
    [Trait("Requirement", "G4.5")]
    public async Task Every_metric_of_the_dashboard_is_there_to_be_read()
    {
        var dashboard = await Dashboard.LoadAsync(TestContext.Current.CancellationToken);
        var families = await system.FamiliesAsync(TestContext.Current.CancellationToken);

        var expressions = Dashboard.Expressions(dashboard).ToArray();

        expressions.Length.ShouldBeGreaterThan(30);
        foreach (var expression in expressions)
        {
            var names = Name().Matches(Labels().Replace(expression, "")).Select(match => match.Value).ToArray();
            names.ShouldNotBeEmpty(expression);
            foreach (var name in names)
            {
                families.ShouldContain(Suffixes.Aggregate(name, (left, suffix) => left.EndsWith(suffix, StringComparison.Ordinal) && !families.Contains(left) ? left[..^suffix.Length] : left), expression);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "G4.5")]
    public async Task The_dashboard_can_be_imported_into_any_Grafana()
    {
        var dashboard = await Dashboard.LoadAsync(TestContext.Current.CancellationToken);

        ((int)dashboard["schemaVersion"]!).ShouldBeGreaterThanOrEqualTo(36);
        dashboard["templating"]!["list"]!.AsArray().Select(variable => (string)variable!["name"]!).ShouldBe(["datasource", "instance"]);
        var panels = dashboard["panels"]!.AsArray();
        panels.Select(panel => (int)panel!["id"]!).ShouldBeUnique();
        panels.Where(panel => (string)panel!["type"]! == "row").Select(panel => (string)panel!["title"]!).ShouldBe(
            ["Objectives", "Traffic and errors", "Latency", "Tokens and cost", "Cache and limits", "Providers", "Ledger", "Processes"]);
        foreach (var panel in panels.Where(panel => (string)panel!["type"]! != "row"))
        {
            ((string)panel!["datasource"]!["uid"]!).ShouldBe("${datasource}");
            panel["targets"]!.AsArray().ShouldAllBe(target => (string)target!["datasource"]!["uid"]! == "${datasource}");
            var place = panel["gridPos"]!;
            ((int)place["x"]! + (int)place["w"]!).ShouldBeLessThanOrEqualTo(24);
        }
    }

    // | `gateway.attempts` | counter | `{attempt}` | …
    [GeneratedRegex(@"^\| `(?<name>[a-z_.]+)` \| (?<kind>counter|gauge|histogram) \| `?(?<unit>[^`|]*?)`? \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    // {instance=~"$instance"}, [5m], by (le, gateway_target)
    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)")]
    private static partial Regex Labels();

    // What has an underscore and is no function.
    [GeneratedRegex(@"\b[a-z]+(_[a-zA-Z]+)+\b(?!\()")]
    private static partial Regex Name();
}
