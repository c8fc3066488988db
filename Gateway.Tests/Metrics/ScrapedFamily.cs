using System.Globalization;
using Shouldly;

namespace Gateway.Tests.Metrics;

internal sealed class ScrapedFamily(string name)
{
    private readonly List<ScrapedSample> _samples = [];

    public string Name => name;

    public string? Help { get; private set; }

    public string? Type { get; private set; }

    public IReadOnlyList<ScrapedSample> Samples => _samples;

    public void Describe(string kind, string text)
    {
        if (kind == "HELP")
        {
            Help.ShouldBeNull($"{name} is described twice");
            Help = text;
        }
        else
        {
            Type.ShouldBeNull($"{name} has two types");
            text.ShouldBeOneOf("counter", "gauge", "histogram");
            Type = text;
        }
    }

    public void Add(ScrapedSample sample)
    {
        string[] names = Type == "histogram" ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
        names.ShouldContain(sample.Name, $"a sample of another family, or before its type: {sample.Text}");
        sample.Labels.ContainsKey("le").ShouldBe(sample.Name.EndsWith("_bucket", StringComparison.Ordinal), sample.Text);
        if (Type == "counter")
        {
            name.ShouldEndWith("_total");
            sample.Value.ShouldBeGreaterThanOrEqualTo(0, sample.Text);
        }

        _samples.Add(sample);
    }

    public void ShouldBeAHistogram()
    {
        foreach (var series in _samples.GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le"))))
        {
            var buckets = series.Where(sample => sample.Name == $"{name}_bucket").ToArray();
            var bounds = buckets.Select(bucket => bucket.Labels["le"] == "+Inf" ? double.PositiveInfinity : double.Parse(bucket.Labels["le"], CultureInfo.InvariantCulture)).ToArray();
            bounds.ShouldBeInOrder(SortDirection.Ascending, name);
            bounds[^1].ShouldBe(double.PositiveInfinity, name);
            buckets.Select(bucket => bucket.Value).ShouldBeInOrder(SortDirection.Ascending, name);
            series.Single(sample => sample.Name == $"{name}_count").Value.ShouldBe(buckets[^1].Value, name);
            series.Count(sample => sample.Name == $"{name}_sum").ShouldBe(1, name);
        }
    }
}
