using System.Globalization;
using Cost.Worker.Configuration;
using Cost.Worker.Traffic;
using ServiceDefaults.Usage;

namespace Cost.Worker.Objectives;

/// <summary>An objective and what was counted for it: by the minute as far back as alerts look closely, by the hour over its window. For one thread at a time.</summary>
internal sealed class Objective(string name, ObjectiveOptions options)
{
    private static readonly TimeSpan Closely = TimeSpan.FromHours(6);
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(3);

    public string Name => name;

    public ObjectiveOptions Options => options;

    /// <summary>What part of the requests may be bad.</summary>
    public double Allowance => 1 - (options.TargetPercent / 100);

    public TimeSpan Window => TimeSpan.FromDays(options.WindowDays);

    public TimeRing<GoodBad> Minutes { get; } = new(TimeSpan.FromMinutes(1), (int)Closely.TotalMinutes);

    public TimeRing<GoodBad> Hours { get; } = new(TimeSpan.FromHours(1), (int)Math.Max(Farthest.TotalHours, TimeSpan.FromDays(options.WindowDays).TotalHours));

    /// <summary>What is counted, in a word: counts of another definition are none of this one.</summary>
    public string Definition => string.Create(CultureInfo.InvariantCulture, $"{options.Indicator} {options.Milliseconds} {options.WindowDays} {options.Alias}");

    /// <param name="now">The latest time there is: a gateway whose clock is ahead has not seen the future.</param>
    public void Add(UsageEvent one, DateTimeOffset now)
    {
        if ((options.Alias is null || options.Alias == one.Alias) && IsBad(one) is { } isBad)
        {
            var end = Judgement.EndOf(one);
            Minutes.Add(end < now ? end : now, new GoodBad(1, isBad ? 1 : 0));
            Hours.Add(end < now ? end : now, new GoodBad(1, isBad ? 1 : 0));
        }
    }

    public GoodBad Within(TimeSpan span, DateTimeOffset now) => span <= Closely ? Minutes.Sum(now, span) : Hours.Sum(now, span);

    /// <summary>How many times faster than it may the budget goes; 1 uses it up exactly at the end of its window. 0 without requests.</summary>
    public double BurnRate(TimeSpan span, DateTimeOffset now) => Within(span, now) is { Total: > 0 } counts ? (double)counts.Bad / counts.Total / Allowance : 0;

    // Nobody waits for a line of a batch.
    private bool? IsBad(UsageEvent one) => (Judgement.HasFailed(one), options.Indicator) switch
    {
        (null, _) => null,
        ({ } hasFailed, Indicators.Availability) => hasFailed,
        (false, Indicators.Latency) when !one.Batch => one.DurationMicroseconds > options.Milliseconds * 1_000L,
        (false, Indicators.FirstToken) when one is { Batch: false, Streamed: true, FirstTokenMicroseconds: { } first } => first > options.Milliseconds * 1_000L,
        _ => null,
    };
}
