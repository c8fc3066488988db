using System.Globalization;
using Aws.Deployment.Configuration;
using Aws.Deployment.Estimate.Prices;

namespace Aws.Deployment.Stacks;

/// <summary>
/// What the environment costs while it runs, in US dollars an hour: hours of instances, tasks and functions, and requests, each counted by
/// CloudWatch and multiplied by its price of the day of the synthesis. What costs the same at any load is in the estimate, not here.
/// </summary>
internal static class RunTimeCost
{
    private const decimal Million = 1_000_000;
    private const decimal TaskProcessors = 0.5m;

    /// <summary>The expressions of a widget and the metrics that they are of.</summary>
    public static object Widget(DeploymentOptions options, Metrics metrics, string region)
    {
        var prices = PriceSheet.Snapshot();
        var terms = Terms(options, metrics, name => prices.Find(name, options.Region)?.Usd ?? 0).ToList();
        var sum = new object[] { new { expression = string.Join(" + ", terms.Select((_, i) => $"c{i}")), label = "together", id = "total" } };
        return new
        {
            title = string.Create(CultureInfo.InvariantCulture, $"Cost at run time, USD an hour (prices of {prices.Date:yyyy-MM-dd})"),
            region,
            view = "timeSeries",
            period = 300,
            metrics = terms.SelectMany((term, i) => new[] { Expression(term, i), Series(term, i) }).Prepend(sum).ToArray(),
        };
    }

    // Averages are as many at any moment; sums are of a period, and become those of an hour.
    private static IEnumerable<Term> Terms(DeploymentOptions options, Metrics metrics, Func<string, decimal> price)
    {
        if (options.Inference.IsWanted)
        {
            yield return new("instances with GPUs", metrics.Instances, "Average", price($"ec2.{options.Inference.Gpu}"), IsSum: false);
        }

        var gigabytes = options.Gateway.MemoryMegabytes / 1024m;
        if (options.Gateway.IsLambda)
        {
            // Milliseconds.
            yield return new("time of functions", metrics.OfFunction("Duration"), "Sum", price("lambda.arm64-compute") * gigabytes / 1000, IsSum: true);
            yield return new("requests", metrics.Requests, "Sum", (price("apigateway.requests") + price("lambda.requests") + price("waf.requests")) / Million, IsSum: true);
        }
        else
        {
            // Each task reports its processor's use once a minute: sixty reports are an hour of a task.
            var task = (price("fargate.arm64-processor") * gigabytes * TaskProcessors) + (price("fargate.arm64-memory") * gigabytes);
            yield return new("tasks", metrics.OfService("CPUUtilization"), "SampleCount", task / 60, IsSum: true);
            yield return new("requests", metrics.Requests, "Sum", price("waf.requests") / Million, IsSum: true);
        }
    }

    private static object[] Expression(Term term, int index) =>
    [
        new
        {
            expression = string.Create(CultureInfo.InvariantCulture, $"FILL(m{index}, 0) * {term.Usd:0.################}{(term.IsSum ? $" * 3600 / PERIOD(m{index})" : "")}"),
            label = term.Label,
            id = $"c{index}",
        },
    ];

    private static object[] Series(Term term, int index) =>
    [
        term.Metric.Namespace, term.Metric.Name, .. term.Metric.Dimensions.SelectMany(dimension => new[] { dimension.Name, dimension.Value }),
        new { stat = term.Statistic, id = $"m{index}", visible = false },
    ];

    private sealed record Term(string Label, Metric Metric, string Statistic, decimal Usd, bool IsSum);
}
