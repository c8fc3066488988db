using System.Globalization;
using System.Text.Json;
using Cost.Worker.Reports;

namespace Cost.Worker.Forecasts;

/// <summary>
/// <c>{"object":"forecast","at":"…","by":["tenant"],"data":[{"tenant":"acme","method":"holt_winters","mase":0.74,"coverage_90":0.91,"history_days":120,
/// "enough_history":true,"day":{"from":"…","to":"…","spent_usd":"1.000000000","expected_usd":"…","low_50_usd":…},"month":{…},"quarter":{…}}],"total":{…},
/// "left_out":0,"unreadable":[],"remarks":[]}</c>; with a budget each month has <c>runs_out</c>, <c>earliest</c> and <c>latest</c> of it besides.
/// </summary>
internal static class JsonForecast
{
    /// <param name="monthlyBudget">In US dollars; null where none was asked for.</param>
    public static void Write(Stream output, SpendForecast forecast, decimal? monthlyBudget)
    {
        using var json = new Utf8JsonWriter(output, ReportJson.Options);
        json.WriteStartObject();
        json.WriteString("object", "forecast");
        WriteMembers(json, forecast, monthlyBudget);
        json.WriteEndObject();
    }

    /// <summary>All but what it is, also for the object within a report.</summary>
    public static void WriteMembers(Utf8JsonWriter json, SpendForecast forecast, decimal? monthlyBudget)
    {
        json.WriteString("at", ReportJson.Moment(forecast.At));
        ReportJson.WriteTexts(json, "by", forecast.By.Select(dimension => dimension.Name));
        json.WriteStartArray("data");
        foreach (var series in forecast.Series)
        {
            WriteSeries(json, forecast, series, monthlyBudget);
        }

        json.WriteEndArray();
        json.WritePropertyName("total");
        if (forecast.Total is null)
        {
            json.WriteNullValue();
        }
        else
        {
            WriteSeries(json, forecast, forecast.Total, monthlyBudget);
        }

        json.WriteNumber("left_out", forecast.LeftOut);
        ReportJson.WriteTexts(json, "unreadable", forecast.Notes.Unreadable);
        ReportJson.WriteTexts(json, "remarks", forecast.Notes.Remarks);
    }

    private static void WriteSeries(Utf8JsonWriter json, SpendForecast forecast, SeriesForecast series, decimal? monthlyBudget)
    {
        json.WriteStartObject();
        for (var i = 0; i < series.Names.Count; i++)
        {
            json.WriteString(forecast.By[i].Name, series.Names[i]);
        }

        json.WriteString("method", series.Method);
        WriteFigure(json, "mase", series.Mase);
        WriteFigure(json, "coverage_90", series.Coverage);
        json.WriteNumber("history_days", series.HistoryDays);
        json.WriteBoolean("enough_history", series.HasEnoughHistory);
        foreach (var period in series.Periods)
        {
            WritePeriod(json, period, period.Period == ForecastPeriod.Month && monthlyBudget is { } budget ? series.RunsOut(budget, period.Period) : null);
        }

        json.WriteEndObject();
    }

    private static void WritePeriod(Utf8JsonWriter json, PeriodForecast period, BudgetRunOut? budget)
    {
        json.WriteStartObject(NameOf(period.Period));
        json.WriteString("from", Day(period.From));
        json.WriteString("to", Day(period.To));
        json.WriteString("spent_usd", Money.Usd(period.SpentNanoUsd));
        json.WriteString("expected_usd", Money.Usd(period.ExpectedNanoUsd));
        json.WriteString("low_50_usd", Money.Usd(period.Low50));
        json.WriteString("high_50_usd", Money.Usd(period.High50));
        json.WriteString("low_90_usd", Money.Usd(period.Low90));
        json.WriteString("high_90_usd", Money.Usd(period.High90));
        if (budget is not null)
        {
            json.WriteString("runs_out", Day(budget.Expected));
            json.WriteString("earliest", Day(budget.Earliest));
            json.WriteString("latest", Day(budget.Latest));
        }

        json.WriteEndObject();
    }

    private static string NameOf(ForecastPeriod period) => period switch
    {
        ForecastPeriod.Day => "day",
        ForecastPeriod.Month => "month",
        _ => "quarter",
    };

    private static void WriteFigure(Utf8JsonWriter json, string name, double? figure)
    {
        if (figure is { } known)
        {
            json.WriteNumber(name, Math.Round(known, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
