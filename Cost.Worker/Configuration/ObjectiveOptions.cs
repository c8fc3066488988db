using System.ComponentModel.DataAnnotations;

namespace Cost.Worker.Configuration;

/// <summary>A service-level objective: which part of the requests has to be good. Section <c>Objectives</c> holds them by name.</summary>
internal sealed record ObjectiveOptions
{
    public const string Section = "Objectives";

    /// <summary>The model alias that it is for; all where left out.</summary>
    public string? Alias { get; init; }

    /// <summary><c>Availability</c>, <c>Latency</c> or <c>FirstToken</c>. Required.</summary>
    public Indicators? Indicator { get; init; }

    /// <summary>Latency, FirstToken: what is in time, in milliseconds; 1 to 3,600,000. Required there.</summary>
    [Range(1, 3_600_000)]
    public int? Milliseconds { get; init; }

    /// <summary>The part of the requests that has to be good, in per cent; 50 to 99.999, 99.9 by default.</summary>
    [Range(50, 99.999)]
    public double TargetPercent { get; init; } = 99.9;

    /// <summary>Over how many days, in UTC; 1 to 90, 30 by default.</summary>
    [Range(1, 90)]
    public int WindowDays { get; init; } = 30;

    /// <summary>Fewer requests than these within a burn rate's longer window raise no alert; 1 to 1,000,000, 20 by default.</summary>
    [Range(1, 1_000_000)]
    public int LeastRequests { get; init; } = 20;
}
