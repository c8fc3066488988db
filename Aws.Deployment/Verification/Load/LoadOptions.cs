namespace Aws.Deployment.Verification.Load;

/// <summary>What a load is made of.</summary>
internal sealed record LoadOptions
{
    public required string Model { get; init; }

    /// <summary>How many callers ask at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How many questions are asked; null lets <see cref="Duration"/> decide.</summary>
    public int? Requests { get; init; }

    /// <summary>How long new questions are asked.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    public bool IsStreamed { get; init; } = true;

    public int MaxTokens { get; init; } = 64;
}
