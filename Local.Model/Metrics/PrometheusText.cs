using System.Globalization;
using System.Text;

namespace Local.Model.Metrics;

/// <summary>The text format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public void Family(string name, string type, string help) => _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    public void Sample(string name, string labels, double value) =>
        _text.Append(name).Append('{').Append(labels).Append("} ").Append(Number(value)).Append('\n');

    public static string Number(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e15 ? value.ToString("F1", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();
}
