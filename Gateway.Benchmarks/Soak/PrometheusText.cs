using System.Globalization;

namespace Gateway.Benchmarks.Soak;

/// <summary>What <c>/metrics</c> said.</summary>
internal sealed class PrometheusText(string text)
{
    private readonly string[] _lines = text.Split('\n');

    public static PrometheusText Nothing { get; } = new("");

    /// <summary>The sum over all series of a name; not a number where there is none.</summary>
    public double Sum(string name)
    {
        var values = _lines.Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{')
            .Select(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture))
            .ToList();
        return values.Count == 0 ? double.NaN : values.Sum();
    }
}
