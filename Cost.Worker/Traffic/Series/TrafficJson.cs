using System.Text.Json;
using Cost.Worker.Reports;

namespace Cost.Worker.Traffic.Series;

/// <summary>
/// <c>{"object":"traffic","step":"minute",…,"times":[…],"series":[{"name":null,"total":{"requests":2,…},"requests":[1,1],…}]}</c>: columns rather than
/// rows, since that is what charts take, and a fifth of the size.
/// </summary>
internal static class TrafficJson
{
    public static void Write(Stream output, TrafficAnswer answer)
    {
        using var json = new Utf8JsonWriter(output);
        var question = answer.Question;
        json.WriteStartObject();
        json.WriteString("object", "traffic");
        json.WriteString("step", question.Step.Name);
        json.WriteString("by", question.By?.Name);
        json.WriteString("from", ReportJson.Moment(question.From));
        json.WriteString("to", ReportJson.Moment(question.To));
        json.WriteBoolean("restored", answer.IsRestored);
        json.WriteStartArray("times");
        for (var i = 0; i < question.Count; i++)
        {
            json.WriteNumberValue(question.Step.BeginOf(question.First + i).ToUnixTimeSeconds());
        }

        json.WriteEndArray();
        json.WriteStartArray("series");
        foreach (var series in answer.Series)
        {
            Write(json, series);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ShownSeries series)
    {
        var kinds = TrafficMeasure.Errors.Where(kind => kind.Of(series.Total) > 0).ToList();
        json.WriteStartObject();
        json.WriteString("name", series.Name);
        json.WriteStartObject("total");
        WriteAll(json, kinds, (measure, writer) => measure.Write(writer, series.Total));
        json.WriteEndObject();
        WriteAll(json, kinds, (measure, writer) => WriteColumn(writer, measure, series.Cells));
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<TrafficMeasure> kinds, Action<TrafficMeasure, Utf8JsonWriter> write)
    {
        WriteNamed(json, TrafficMeasure.Counts, write);
        json.WriteStartObject("errors");
        WriteNamed(json, kinds, write);
        json.WriteEndObject();
        WriteNamed(json, TrafficMeasure.Others, write);
    }

    private static void WriteNamed(Utf8JsonWriter json, IEnumerable<TrafficMeasure> measures, Action<TrafficMeasure, Utf8JsonWriter> write)
    {
        foreach (var measure in measures)
        {
            json.WritePropertyName(measure.Name);
            write(measure, json);
        }
    }

    private static void WriteColumn(Utf8JsonWriter json, TrafficMeasure measure, IReadOnlyList<ShownCell> cells)
    {
        json.WriteStartArray();
        foreach (var cell in cells)
        {
            measure.Write(json, cell);
        }

        json.WriteEndArray();
    }
}
