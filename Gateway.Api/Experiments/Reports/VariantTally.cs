using System.Globalization;
using Gateway.Api.Experiments.Tallies;

namespace Gateway.Api.Experiments.Reports;

/// <summary>What was counted for a variant.</summary>
internal sealed class VariantTally(IReadOnlyDictionary<string, long> counts)
{
    private const double MicrosecondsPerMillisecond = 1_000;
    private const double NanoPerUsd = 1e9;
    private const double PerThousand = 1e3;
    private const double PerMillion = 1e6;

    public long Requests => Count(TallyField.Requests);

    public long Errors => Count(TallyField.Errors);

    /// <summary>In milliseconds, of answers that were complete.</summary>
    public Moments Latency => new(
        Count(TallyField.Latencies), Count(TallyField.LatencySum) / MicrosecondsPerMillisecond, Count(TallyField.LatencySquares) * PerThousand / Math.Pow(MicrosecondsPerMillisecond, 2));

    /// <summary>In US dollars, of requests whose cost is known.</summary>
    public Moments Cost => new(Count(TallyField.Costs), Count(TallyField.CostSum) / NanoPerUsd, Count(TallyField.CostSquares) * PerMillion / Math.Pow(NanoPerUsd, 2));

    /// <summary>From -1 to 1.</summary>
    public Moments Score => new(Count(TallyField.Scores), Count(TallyField.ScoreSum) / PerThousand, Count(TallyField.ScoreSquares) / PerMillion);

    /// <summary>The counts of one variant, of the days from one to another.</summary>
    public static VariantTally Of(string variant, DateOnly? from, DateOnly? to, IReadOnlyDictionary<string, long> all) => new(
        all.Select(count => (Field: TallyField.Parse(count.Key), count.Value))
            .Where(count => count.Field is { } field && field.Variant == variant && !(field.Day < from) && !(field.Day > to))
            .GroupBy(count => count.Field!.Value.Measure, count => count.Value)
            .ToDictionary(measure => measure.Key, measure => measure.Sum()));

    /// <summary>The latency that this part of the answers stayed below, in milliseconds.</summary>
    public double? LatencyQuantile(double part)
    {
        var buckets = counts.Where(count => count.Key.StartsWith(TallyField.LatencyBucket, StringComparison.Ordinal))
            .Select(count => (Bucket: int.Parse(count.Key.AsSpan(TallyField.LatencyBucket.Length), CultureInfo.InvariantCulture), Count: count.Value))
            .OrderBy(bucket => bucket.Bucket)
            .ToList();
        var wanted = part * buckets.Sum(bucket => bucket.Count);
        var seen = 0L;
        foreach (var (bucket, count) in buckets)
        {
            seen += count;
            if (seen >= wanted)
            {
                return LatencyBuckets.MiddleOf(bucket);
            }
        }

        return null;
    }

    private long Count(string measure) => counts.GetValueOrDefault(measure);
}
