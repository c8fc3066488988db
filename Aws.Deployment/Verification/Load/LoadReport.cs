using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Verification.Load;

/// <summary>Tells what a load has shown, to people and to programs.</summary>
internal sealed class LoadReport(Uri url, LoadOptions options, LoadResult result)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<LoadSample> _good = [.. result.Samples.Where(sample => sample.Error is null)];

    public bool IsGood => result.First.Error is null && result.Samples.Count > 0 && _good.Count == result.Samples.Count;

    private Percentiles? Latency => Percentiles.Of(_good.Select(sample => sample.Elapsed));

    private Percentiles? FirstToken => Percentiles.Of(_good.Select(sample => sample.FirstToken).OfType<TimeSpan>());

    private double PerSecond => _good.Count / result.Elapsed.TotalSeconds;

    private IEnumerable<(string Kind, int Count)> Errors =>
        result.Samples.Select(sample => sample.Error).OfType<string>().GroupBy(kind => kind).Select(group => (group.Key, group.Count())).OrderByDescending(error => error.Item2);

    public string Text()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Samples.Count} requests to {url} in {result.Elapsed.TotalSeconds:N1} s, {options.Concurrency} at once, {(options.IsStreamed ? "streamed" : "whole")}, model {options.Model}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  first request      {Milliseconds(result.First.Elapsed)} ms, alone and over a new connection{(result.First.FirstToken is { } token ? $"; first token {Milliseconds(token)} ms" : "")}{(result.First.Error is { } error ? $"; FAILED: {error}" : "")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  good per second    {PerSecond:N1}");
        Append(text, "latency", Latency);
        Append(text, "first token", FirstToken);
        foreach (var (kind, count) in Errors)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  FAILED             {count} × {kind}");
        }

        return text.ToString().TrimEnd();
    }

    public string Json() => new JsonObject
    {
        ["url"] = url.AbsoluteUri,
        ["model"] = options.Model,
        ["concurrency"] = options.Concurrency,
        ["streamed"] = options.IsStreamed,
        ["requests"] = result.Samples.Count,
        ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3),
        ["good_per_second"] = Math.Round(PerSecond, 2),
        ["first_request"] = new JsonObject { ["ms"] = Rounded(result.First.Elapsed), ["first_token_ms"] = result.First.FirstToken is { } token ? Rounded(token) : null, ["error"] = result.First.Error },
        ["latency_ms"] = Entry(Latency),
        ["first_token_ms"] = Entry(FirstToken),
        ["errors"] = new JsonObject(Errors.Select(error => KeyValuePair.Create(error.Kind, (JsonNode?)error.Count))),
    }.ToJsonString(Indented);

    private static void Append(StringBuilder text, string name, Percentiles? times)
    {
        if (times is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-18} p50 {Milliseconds(times.P50)}  p95 {Milliseconds(times.P95)}  p99 {Milliseconds(times.P99)}  longest {Milliseconds(times.Longest)} ms");
        }
    }

    private static JsonObject? Entry(Percentiles? times) => times is null
        ? null
        : new JsonObject { ["p50"] = Rounded(times.P50), ["p95"] = Rounded(times.P95), ["p99"] = Rounded(times.P99), ["longest"] = Rounded(times.Longest) };

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 2);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("N1", CultureInfo.InvariantCulture);
}
