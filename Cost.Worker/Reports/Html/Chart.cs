using System.Globalization;

namespace Cost.Worker.Reports.Html;

/// <summary>The frame of a chart by day: where it is, its lines and what stands at them.</summary>
internal sealed class Chart
{
    public const double Right = 1060;

    private const double Left = 76;
    private const double Top = 12;
    private const double Bottom = 250;
    private const double Height = 280;
    private const double LabelWidth = 46;
    private const double NanoPerUsd = 1e9;

    private readonly DateOnly _first;
    private readonly int _days;
    private readonly Scale _scale;

    public Chart(DateOnly first, int days, double least, double most)
    {
        (_first, _days) = (first, days);
        _scale = new Scale(least, most, Top, Bottom);
        DayWidth = (Right - Left) / days;
    }

    public double DayWidth { get; }

    public static double Usd(Int128 nano) => (double)nano / NanoPerUsd;

    /// <summary>Where a day begins.</summary>
    public double X(double day) => Left + (day * DayWidth);

    public double Y(double usd) => _scale.Y(usd);

    /// <param name="drawing">SVG.</param>
    public void Write(TextWriter output, string label, string drawing)
    {
        output.Write($"<svg viewBox=\"0 0 {HtmlText.Of(Right + 10)} {HtmlText.Of(Height)}\" role=\"img\" aria-label=\"{HtmlText.Of(label)}\">\n");
        foreach (var value in _scale.Values())
        {
            var y = HtmlText.Of(Y(value));
            output.Write($"<line class=\"grid\" x1=\"{HtmlText.Of(Left)}\" x2=\"{HtmlText.Of(Right)}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{HtmlText.Of(Left - 8)}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\">{HtmlText.Of(Money.Shown(value))}</text>\n");
        }

        var every = Math.Max(1, (int)Math.Ceiling(LabelWidth / DayWidth));
        for (var day = 0; day < _days; day += every)
        {
            output.Write($"<text x=\"{HtmlText.Of(X(day + 0.5))}\" y=\"{HtmlText.Of(Bottom + 20)}\" text-anchor=\"middle\">{HtmlText.Of(_first.AddDays(day).ToString("d MMM", CultureInfo.InvariantCulture))}</text>\n");
        }

        output.Write(drawing + "</svg>\n");
    }
}
