using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Synthesis;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Estimate;

public sealed class RunTimeCostTests(Synthesis.Templates templates)
{
    [Fact]
    [Trait("Requirement", "V4.3")]
    [Trait("Requirement", "V4.4")]
    public void The_dashboard_reckons_hours_of_instances_and_requests_with_the_prices_of_the_region()
    {
        var series = SeriesOf(Variant.Full);

        series.Where(one => one.Expression is not null).Select(one => one.Expression).ShouldBe([
            "c0 + c1 + c2",
            "FILL(m0, 0) * 1.258",
            "FILL(m1, 0) * 0.0000000266668 * 3600 / PERIOD(m1)", // 2 GB × 0.0000133334 a second
            "FILL(m2, 0) * 0.0000045 * 3600 / PERIOD(m2)", // 3.70 + 0.20 + 0.60 a million
        ]);
        series.Where(one => one.Expression is null).Select(one => (one.Id, one.Metric, one.Statistic)).ShouldBe([
            ("m0", "AWS/AutoScaling GroupInServiceInstances", "Average"), ("m1", "AWS/Lambda Duration", "Sum"), ("m2", "AWS/ApiGateway Count", "Sum"),
        ]);
    }

    [Fact]
    [Trait("Requirement", "V4.3")]
    public void On_Fargate_hours_of_tasks_take_the_place_of_those_of_functions()
    {
        // 1 GB with half a processor in us-east-1: 0.5 × 0.03238 + 0.00356 an hour.
        SeriesOf(Variant.Fargate).Select(one => one.Expression).ShouldContain("FILL(m1, 0) * 0.0003291666666667 * 3600 / PERIOD(m1)");
    }

    private List<(string Id, string? Expression, string Metric, string? Statistic)> SeriesOf(Variant variant)
    {
        var body = templates.Of(variant, "monitoring").Only("AWS::CloudWatch::Dashboard").Properties["DashboardBody"]!;
        var text = body is JsonObject function ? string.Concat(function["Fn::Join"]![1]!.AsArray().Select(part => part is JsonValue value ? value.ToString() : "token")) : body.ToString();
        var widget = JsonNode.Parse(text)!["widgets"]!.AsArray().Single(one => one!["properties"]!["title"]!.ToString().StartsWith("Cost at run time", StringComparison.Ordinal))!;
        return [.. widget["properties"]!["metrics"]!.AsArray().Select(metric =>
        {
            var settings = metric!.AsArray()[^1]!;
            return (settings["id"]!.ToString(), settings["expression"]?.ToString(), $"{metric[0]} {(metric.AsArray().Count > 1 ? metric[1] : null)}", settings["stat"]?.ToString());
        })];
    }
}
