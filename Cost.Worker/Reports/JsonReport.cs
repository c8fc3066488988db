using System.Text.Json;
using Cost.Worker.Forecasts;

namespace Cost.Worker.Reports;

/// <summary>
/// <c>{"object":"usage","from":"…","to":"…","by":["tenant"],"data":[{"tenant":"acme","requests":2,…,"cost_usd":"0.000123456",…}],"total":{…},"unreadable":["file:line"],"remarks":[]}</c>;
/// <c>to</c> is the first moment after the period. Money is text, since not every JSON number survives its reader.
/// </summary>
internal static class JsonReport
{
    /// <summary>With the forecast, where there is one, as <c>forecast</c>.</summary>
    public static void Write(Stream output, Report report)
    {
        using (var json = new Utf8JsonWriter(output, ReportJson.Options))
        {
            json.WriteStartObject();
            WriteUsage(json, report.Usage);
            if (report.Forecast is { } forecast)
            {
                json.WriteStartObject("forecast");
                JsonForecast.WriteMembers(json, forecast, report.MonthlyBudgetUsd);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    public static void Write(Stream output, UsageReport report)
    {
        using var json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        WriteUsage(json, report);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, UsageReport report)
    {
        json.WriteString("object", "usage");
        json.WriteString("from", ReportJson.Moment(report.Period.From));
        json.WriteString("to", ReportJson.Moment(report.Period.To));
        ReportJson.WriteTexts(json, "by", report.By.Select(dimension => dimension.Name));
        json.WriteStartArray("data");
        foreach (var row in report.Rows)
        {
            json.WriteStartObject();
            for (var i = 0; i < report.By.Count; i++)
            {
                json.WriteString(report.By[i].Name, row.Names[i]);
            }

            WriteSums(json, row.Sums);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("total");
        WriteSums(json, report.Total);
        json.WriteEndObject();
        ReportJson.WriteTexts(json, "unreadable", report.Notes.Unreadable);
        ReportJson.WriteTexts(json, "remarks", report.Notes.Remarks);
    }

    private static void WriteSums(Utf8JsonWriter json, Ledger.UsageSums sums)
    {
        foreach (var measure in Measure.All)
        {
            json.WritePropertyName(measure.Name);
            var value = measure.Of(sums);
            if (value is null)
            {
                json.WriteNullValue();
            }
            else if (measure.IsMoney)
            {
                json.WriteStringValue(value);
            }
            else
            {
                json.WriteRawValue(value);
            }
        }
    }
}
