namespace Aws.Deployment.Verification;

/// <summary>What a check found.</summary>
/// <param name="Note">What is worth knowing, or why it was skipped.</param>
/// <param name="Expected">Where it failed: what should have come.</param>
/// <param name="Got">Where it failed: what came.</param>
internal sealed record Finding(CheckOutcome Outcome, string? Note, string? Expected = null, string? Got = null)
{
    /// <summary>Whether no answer came at all.</summary>
    public bool IsSilence { get; private init; }

    public static Finding Passed(string? note = null) => new(CheckOutcome.Passed, note);

    public static Finding Skipped(string reason) => new(CheckOutcome.Skipped, reason);

    public static Finding Failed(string expected, string got) => new(CheckOutcome.Failed, null, expected, got);

    public static Finding Silence(string got) => Failed("an answer", got) with { IsSilence = true };
}
