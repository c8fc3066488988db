using Cost.Worker.Alerts;

namespace Cost.Worker.Objectives;

/// <summary>
/// How fast an error budget may go before somebody is told: both windows must show it, so that one bad minute is no alert and the end is seen soon. The
/// factors are of https://sre.google/workbook/alerting-on-slos/: of a budget of 30 days 2 % go in 1 h, 5 % in 6 h, 10 % in 3 d.
/// </summary>
internal sealed record BurnWindow(Severity Severity, double Factor, TimeSpan Long, TimeSpan Short)
{
    public static readonly IReadOnlyList<BurnWindow> All =
    [
        new(Severity.Critical, 14.4, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)),
        new(Severity.Critical, 6, TimeSpan.FromHours(6), TimeSpan.FromMinutes(30)),
        new(Severity.Warning, 1, TimeSpan.FromDays(3), TimeSpan.FromHours(6)),
    ];

    /// <summary>Every window there is, the shortest first, by the name it has in answers.</summary>
    public static readonly IReadOnlyList<(string Name, TimeSpan Span)> Spans =
    [
        .. All.SelectMany(window => new[] { window.Short, window.Long }).Distinct().Order().Select(span => (NameOf(span), span)),
    ];

    public static string NameOf(TimeSpan span) => span switch
    {
        { Days: > 0 } => $"{span.Days}d",
        { Hours: > 0 } => $"{span.Hours}h",
        _ => $"{span.Minutes}m",
    };
}
