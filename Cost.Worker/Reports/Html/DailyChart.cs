using System.Globalization;
using System.Text;

namespace Cost.Worker.Reports.Html;

/// <summary>What was spent each day, a bar a day with the groups on top of each other.</summary>
internal static class DailyChart
{
    private const double Gap = 0.15;

    public static void Write(TextWriter output, DailySpend daily)
    {
        var groups = daily.Groups();
        var most = Enumerable.Range(0, daily.Days).Max(day => groups.Sum(group => Math.Max(0, Chart.Usd(group.NanoUsd[day]))));
        var least = Enumerable.Range(0, daily.Days).Min(day => groups.Sum(group => Math.Min(0, Chart.Usd(group.NanoUsd[day]))));
        var chart = new Chart(daily.First, daily.Days, least, most);
        var bars = new StringBuilder();
        for (var day = 0; day < daily.Days; day++)
        {
            var (above, below) = (0.0, 0.0);
            for (var group = 0; group < groups.Count; group++)
            {
                var usd = Chart.Usd(groups[group].NanoUsd[day]);
                ref var end = ref usd < 0 ? ref below : ref above;
                AppendBar(bars, chart, day, end, end + usd, group, groups[group].Name, daily.First);
                end += usd;
            }
        }

        output.Write("<figure>\n");
        chart.Write(output, "Spend a day", bars.ToString());
        output.Write("<ul class=\"legend\">");
        for (var group = 0; group < groups.Count; group++)
        {
            output.Write($"<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"g{group}\" width=\"1\" height=\"1\"/></svg><bdi>{HtmlText.Of(groups[group].Name)}</bdi></li>");
        }

        output.Write("</ul>\n</figure>\n");
    }

    private static void AppendBar(StringBuilder bars, Chart chart, int day, double from, double to, int group, string name, DateOnly first)
    {
        if (from == to)
        {
            return;
        }

        var (top, bottom) = (chart.Y(Math.Max(from, to)), chart.Y(Math.Min(from, to)));
        var tip = $"{first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {name}: {Money.Shown(to - from)}";
        bars.Append(CultureInfo.InvariantCulture, $"<rect class=\"g{group}\" x=\"{HtmlText.Of(chart.X(day + Gap))}\" y=\"{HtmlText.Of(top)}\" width=\"{HtmlText.Of(chart.DayWidth * (1 - (2 * Gap)))}\" height=\"{HtmlText.Of(bottom - top)}\"><title>{HtmlText.Of(tip)}</title></rect>\n");
    }
}
