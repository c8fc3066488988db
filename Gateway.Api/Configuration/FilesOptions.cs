using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>How much <c>/v1/files</c> keeps, and for how long.</summary>
public sealed record FilesOptions
{
    /// <summary>Largest file in bytes; a larger one is answered with 413. 200 MiB, OpenAI's bound for the input of a batch.</summary>
    [Range(1024, 1L << 40)]
    public long MaxBytes { get; init; } = 200L * 1024 * 1024;

    /// <summary>How much one tenant may keep in bytes, output of batches included; a file beyond it is refused with 400. Where Redis is configured it is Redis's memory.</summary>
    [Range(1024, 1L << 44)]
    public long MaxTenantBytes { get; init; } = 1L << 30;

    /// <summary>How long the input and output of batches are kept where the caller does not say, in hours. 720 is OpenAI's own 30 days. Files of another purpose stay until they are deleted.</summary>
    [Range(1, 87_600)]
    public double LifetimeHours { get; init; } = 720;

    internal TimeSpan Lifetime => TimeSpan.FromHours(LifetimeHours);
}
