using System.Text.Json;

namespace ServiceDefaults.Metrics.CloudWatch;

/// <summary>
/// One line that CloudWatch makes metrics of
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html):
/// <c>{"_aws":{"Timestamp":1574109732004,"CloudWatchMetrics":[{"Namespace":"AIGateway","Dimensions":[["service.name"],["service.name","gateway.target"]],
/// "Metrics":[{"Name":"gateway.attempts","Unit":"Count"}]}]},"service.name":"gateway","gateway.target":"local/phi","gateway.attempts":3}</c>.
/// </summary>
internal static class EmfDocument
{
    public const int MostMetrics = 100;

    private const int MostDimensions = 30;
    private const int LongestValue = 1024;
    private const string Service = "service.name";

    /// <param name="values">No more than <see cref="MostMetrics"/>.</param>
    public static void Write(Utf8JsonWriter json, string metricNamespace, string service, DateTimeOffset at, IReadOnlyList<KeyValuePair<string, string>> tags, IReadOnlyList<EmfValue> values)
    {
        var dimensions = tags.Take(MostDimensions - 1).ToArray();
        json.WriteStartObject();
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", at.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", metricNamespace);
        WriteDimensions(json, dimensions);
        WriteMetrics(json, values);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString(Service, Visible(service));
        foreach (var (name, value) in dimensions)
        {
            json.WriteString(name, Visible(value));
        }

        foreach (var value in values)
        {
            json.WritePropertyName(value.Name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    // Each metric is there by all its tags, and for alarms as one of the whole service: CloudWatch itself adds nothing up over dimensions.
    private static void WriteDimensions(Utf8JsonWriter json, KeyValuePair<string, string>[] dimensions)
    {
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue(Service);
        json.WriteEndArray();
        if (dimensions.Length > 0)
        {
            json.WriteStartArray();
            json.WriteStringValue(Service);
            foreach (var (name, _) in dimensions)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter json, IReadOnlyList<EmfValue> values)
    {
        json.WriteStartArray("Metrics");
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("Name", value.Name);
            json.WriteString("Unit", value.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, EmfValue value)
    {
        if (value.Distribution is not { } distribution)
        {
            json.WriteNumberValue(value.Number);
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray("Values");
        foreach (var (middle, _) in distribution.Values)
        {
            json.WriteNumberValue(middle);
        }

        json.WriteEndArray();
        json.WriteStartArray("Counts");
        foreach (var (_, count) in distribution.Values)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteNumber("Max", distribution.Max);
        json.WriteNumber("Min", distribution.Min);
        json.WriteNumber("Count", distribution.Count);
        json.WriteNumber("Sum", distribution.Sum);
        json.WriteEndObject();
    }

    // A dimension's value is printable ASCII that does not begin with a colon.
    private static string Visible(string value) =>
        string.Concat(value.TrimStart(':').Take(LongestValue).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')) is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text : "?";
}
