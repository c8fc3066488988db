using System.Text.Json.Serialization;

namespace Gateway.Api.Experiments.Reports;

/// <summary>A figure of a variant with its 95 % confidence interval, and how it differs from the control's.</summary>
/// <param name="Count">How many requests it was taken of.</param>
/// <param name="Difference">This less the control's; null for the control itself, and where one of the two has none.</param>
internal sealed record ShownFigure(double Value, double? Low, double? High, double Count, ShownDifference? Difference)
{
    /// <summary>Half of them stayed below it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? P50 { get; init; }

    /// <summary>95 of 100 stayed below it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? P95 { get; init; }

    /// <summary>Null where there is nothing to show.</summary>
    public static ShownFigure? Of(Moments values, Moments control, bool isControl) => values.Count < 1 ? null : Of(
        Confidence.OfMean(values), values.Count, isControl || control.Count < 1 ? null : Confidence.OfDifference(values, control));

    public static ShownFigure? OfRate(double hits, double count, double controlHits, double controlCount, bool isControl)
    {
        if (count < 1)
        {
            return null;
        }

        var rate = Confidence.OfRate(hits, count);
        return Of(rate, count, isControl || controlCount < 1 ? null : Confidence.OfDifference(rate, Confidence.OfRate(controlHits, controlCount)));
    }

    private static ShownFigure Of(Interval figure, double count, Interval? difference) =>
        new(figure.Value, figure.Low, figure.High, count, difference is { } shown ? new ShownDifference(shown.Value, shown.Low, shown.High, shown.ExcludesZero) : null);
}
