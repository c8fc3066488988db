using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>How long and how much <c>/v1/responses</c> keeps of what it answered with <c>"store": true</c>, and what it makes in the background.</summary>
public sealed record ResponsesOptions
{
    /// <summary>How long a response can be fetched and gone on from, in hours. 720 is OpenAI's own 30 days.</summary>
    [Range(0.001, 87_600)]
    public double LifetimeHours { get; init; } = 720;

    internal TimeSpan Lifetime => TimeSpan.FromHours(LifetimeHours);

    /// <summary>Largest response, with the conversation that led to it, that is kept, in bytes; a larger one is answered and not kept.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How much is kept in memory where no Redis is configured, in bytes; beyond it the oldest go.</summary>
    [Range(1024, 16L * 1024 * 1024 * 1024)]
    public long MemoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many responses a process makes in the background at once; one more is refused with 429.</summary>
    [Range(1, 100_000)]
    public int MaxBackgroundRuns { get; init; } = 64;

    /// <summary>How long a response in the background counts as running after its process last said so, in seconds: so long after the process's death it is shown as failed.</summary>
    [Range(1, 3600)]
    public double LeaseSeconds { get; init; } = 15;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}
