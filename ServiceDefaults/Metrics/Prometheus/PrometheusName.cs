using System.Text;

namespace ServiceDefaults.Metrics.Prometheus;

/// <summary>
/// How Prometheus calls what OpenTelemetry names: dots become underscores, the unit and, of a counter, <c>_total</c> follow
/// (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#otlp-metric-points-to-prometheus).
/// </summary>
internal static class PrometheusName
{
    private const string Total = "_total";

    public static string OfMetric(string name, string unit, MetricKind kind)
    {
        var text = Clean(name);
        if (char.IsAsciiDigit(text[0]))
        {
            text = $"_{text}";
        }

        if (SuffixOf(unit, kind) is { Length: > 0 } suffix && !text.Split('_').Contains(suffix, StringComparer.Ordinal))
        {
            text = text.EndsWith(Total, StringComparison.Ordinal) && kind == MetricKind.Counter ? $"{text[..^Total.Length]}_{suffix}{Total}" : $"{text}_{suffix}";
        }

        return kind == MetricKind.Counter && !text.EndsWith(Total, StringComparison.Ordinal) ? text + Total : text;
    }

    public static string OfLabel(string name)
    {
        var text = Clean(name);
        return char.IsAsciiDigit(text[0]) ? $"key_{text}" : text;
    }

    // By, {request}, s, By/s: UCUM's units, of which those in braces are words for people.
    private static string SuffixOf(string unit, MetricKind kind)
    {
        if (unit == "1")
        {
            return kind == MetricKind.Gauge ? "ratio" : "";
        }

        var parts = unit.Split('/');
        return parts.Length == 2 && WordOf(parts[1]) is { Length: > 0 } per ? $"{WordOf(parts[0])}_per_{per.TrimEnd('s')}".TrimStart('_') : WordOf(parts[0]);
    }

    private static string WordOf(string unit) => unit switch
    {
        "" or ['{', ..] => "",
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        _ => Clean(unit),
    };

    private static string Clean(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                text.Append(letter);
            }
            else if (text is not [.., '_'])
            {
                text.Append('_');
            }
        }

        return text.Length == 0 ? "_" : text.ToString();
    }
}
