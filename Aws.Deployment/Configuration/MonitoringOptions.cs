using System.ComponentModel.DataAnnotations;

namespace Aws.Deployment.Configuration;

/// <summary>Who is told of what, and when.</summary>
public sealed record MonitoringOptions
{
    /// <summary>Where alarms are mailed to; nobody by default. The address has to confirm once.</summary>
    public string? Email { get; init; }

    /// <summary>How often a canary asks whether the gateway is ready, and refuses whoever has no key, in minutes. 0 (none) to 60; 5 by default.</summary>
    [Range(0, 60)]
    public int CanaryMinutes { get; init; } = 5;

    /// <summary>The part of requests that may fail with 5xx in five minutes before an alarm, in per cent. 0.1 to 100; 5 by default.</summary>
    [Range(0.1, 100)]
    public double ErrorPercent { get; init; } = 5;

    /// <summary>What the gateway's requests may cost in an hour, in US dollars, before an alarm. 0.01 to 100,000; 10 by default.</summary>
    [Range(0.01, 100_000)]
    public double UsdPerHour { get; init; } = 10;
}
