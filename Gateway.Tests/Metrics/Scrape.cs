using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;

namespace Gateway.Tests.Metrics;

/// <summary>
/// What Prometheus reads at <c>/metrics</c>, read strictly by https://prometheus.io/docs/instrumenting/exposition_formats/: whatever breaks a rule of it fails
/// the test that reads.
/// </summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, ScrapedFamily> _families = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private ScrapedFamily? _current;

    private Scrape()
    {
    }

    public IReadOnlyDictionary<string, ScrapedFamily> Families => _families;

    public static async Task<Scrape> OfAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        return Of(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public static Scrape Of(string text)
    {
        text.ShouldEndWith("\n");
        text.ShouldNotContain('\r');
        var scrape = new Scrape();
        foreach (var line in text[..^1].Split('\n'))
        {
            scrape.Read(line);
        }

        foreach (var family in scrape._families.Values.Where(family => family.Type == "histogram"))
        {
            family.ShouldBeAHistogram();
        }

        return scrape;
    }

    /// <summary>The value of the one series that has these labels and no others, as <c>name{a="b",c="d"}</c>.</summary>
    public double this[string series] =>
        _families.Values.SelectMany(family => family.Samples).SingleOrDefault(sample => sample.Text == series)?.Value
            ?? throw new KeyNotFoundException($"{series} is not there. There are:\n{string.Join('\n', _series)}");

    public bool Has(string series) => _series.Contains(series);

    private void Read(string line)
    {
        if (Comment().Match(line) is { Success: true } comment)
        {
            var name = comment.Groups["name"].Value;
            if (_current?.Name != name)
            {
                _families.ShouldNotContainKey(name, $"{name} comes in two pieces");
                _families[name] = _current = new ScrapedFamily(name);
            }

            _current.Samples.ShouldBeEmpty($"comments of {name} after its samples");
            _current.Describe(comment.Groups["kind"].Value, comment.Groups["text"].Value);
            return;
        }

        var match = Sample().Match(line);
        match.Success.ShouldBeTrue($"neither a comment nor a sample: {line}");
        var (series, labels) = (match.Groups["series"].Value, Labels().Matches(match.Groups["labels"].Value));
        _series.Add(series).ShouldBeTrue($"twice: {series}");
        labels.Select(label => label.Groups["name"].Value).ShouldBeUnique();
        _current.ShouldNotBeNull($"no type was told before {line}");
        _current.Add(new ScrapedSample(
            series, match.Groups["name"].Value, labels.ToDictionary(label => label.Groups["name"].Value, label => Unescape(label.Groups["value"].Value)), Number(match.Groups["value"].Value)));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string text) => Escaped().Replace(text, match => match.Value switch { "\\n" => "\n", "\\\"" => "\"", _ => "\\" });

    [GeneratedRegex(@"^# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>([^\\]|\\\\|\\n)*)\z")]
    private static partial Regex Comment();

    // gateway_attempts_total{gateway_target="local/phi",gateway_outcome="ok"} 3
    [GeneratedRegex("""^(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\\\|\\"|\\n)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\\\|\\"|\\n)*")*)\})?) (?<value>[+-]?(\d[\d.]*([eE][+-]?\d+)?|Inf)|NaN)\z""")]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\.)*)"(,|\z)""")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escaped();
}
