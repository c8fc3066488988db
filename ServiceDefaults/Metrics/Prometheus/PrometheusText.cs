using System.Globalization;
using System.Text;

namespace ServiceDefaults.Metrics.Prometheus;

/// <summary>The text format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public void Write(IEnumerable<MetricFamily> families)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var family in families)
        {
            var name = PrometheusName.OfMetric(family.Name, family.Unit, family.Kind);
            if (written.Add(name))
            {
                Write(name, family);
            }
        }
    }

    /// <summary>Names that are the same to Prometheus share a label, their values joined by semicolons.</summary>
    public static string Labels(IEnumerable<KeyValuePair<string, string>> tags) =>
        string.Join(',', tags.GroupBy(tag => PrometheusName.OfLabel(tag.Key), tag => tag.Value, StringComparer.Ordinal)
            .OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}=\"{Escape(string.Join(';', label)).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));

    public override string ToString() => _text.ToString();

    private void Write(string name, MetricFamily family)
    {
        if (family.Description.Length > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(family.Description)}\n");
        }

        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {TypeOf(family.Kind)}\n");
        foreach (var series in family.Series)
        {
            if (series is HistogramSeries histogram)
            {
                Write(name, histogram);
            }
            else
            {
                Sample(name, series.Labels, Number(((NumberSeries)series).Value));
            }
        }
    }

    private void Write(string name, HistogramSeries series)
    {
        var before = series.Labels.Length == 0 ? "" : $"{series.Labels},";
        var count = 0L;
        for (var bucket = 0; bucket <= series.Bounds.Count; bucket++)
        {
            count += series.CountOf(bucket);
            var bound = bucket < series.Bounds.Count ? series.Bounds[bucket] : double.PositiveInfinity;
            Sample($"{name}_bucket", $"{before}le=\"{Number(bound)}\"", Number(count));
        }

        Sample($"{name}_sum", series.Labels, Number(series.Sum));
        Sample($"{name}_count", series.Labels, Number(count));
    }

    private void Sample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value).Append('\n');
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
