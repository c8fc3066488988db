using System.Globalization;

namespace Gateway.Api.Experiments.Tallies;

/// <summary>The name of one count: <c>2026-11-21|variant|requests</c>. Counts are whole numbers, so that any number of processes can add to them.</summary>
internal readonly record struct TallyField(DateOnly Day, string Variant, string Measure)
{
    public const string Requests = "requests";
    public const string Errors = "errors";
    public const string Latencies = "latencies";
    public const string LatencySum = "latency_us";
    public const string LatencySquares = "latency_us2_thousands";
    public const string Costs = "costs";
    public const string CostSum = "cost_nano_usd";
    public const string CostSquares = "cost_nano_usd2_millions";
    public const string Scores = "scores";
    public const string ScoreSum = "score_thousandths";
    public const string ScoreSquares = "score_thousandths2";

    /// <summary>Followed by the number of a <see cref="LatencyBuckets">bucket</see>.</summary>
    public const string LatencyBucket = "latency_bucket_";

    private const char Separator = '|';
    private const string DayFormat = "yyyy-MM-dd";

    public static TallyField? Parse(string text) =>
        text.Split(Separator) is [var day, var variant, var measure] && DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? new TallyField(parsed, variant, measure)
            : null;

    public override string ToString() => $"{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}{Separator}{Variant}{Separator}{Measure}";
}
