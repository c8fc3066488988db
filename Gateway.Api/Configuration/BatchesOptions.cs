using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>How <c>/v1/batches</c> works through its lines.</summary>
public sealed record BatchesOptions
{
    /// <summary>How many lines a process has under way at once, of all batches together.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; init; } = 8;

    /// <summary>How many requests a batch may have; one with more fails. 50,000 is OpenAI's own bound.</summary>
    [Range(1, 10_000_000)]
    public int MaxRequests { get; init; } = 50_000;

    /// <summary>How many batches of one tenant may be under way; one more is refused with 429.</summary>
    [Range(1, 100_000)]
    public int MaxOpenPerTenant { get; init; } = 50;

    /// <summary>How long a batch stays with a process that is no longer heard of, in seconds; another one takes it over then.</summary>
    [Range(1, 3600)]
    public double LeaseSeconds { get; init; } = 15;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>How long a line is tried again whose model is overloaded or cannot be reached, in seconds, before it fails. Where the caller's own limit is reached it waits until the batch expires.</summary>
    [Range(0, 86_400)]
    public double RetrySeconds { get; init; } = 600;

    internal TimeSpan Retry => TimeSpan.FromSeconds(RetrySeconds);

    /// <summary>How long a batch that has ended is shown, in hours. Its files have times of their own.</summary>
    [Range(0.001, 87_600)]
    public double LifetimeHours { get; init; } = 720;

    internal TimeSpan Lifetime => TimeSpan.FromHours(LifetimeHours);
}
