namespace Aws.Deployment.Verification.Load;

/// <summary>One question and what came of it.</summary>
/// <param name="Elapsed">From the first byte sent to the last one read.</param>
/// <param name="FirstToken">To the first content of a stream; null where there was none.</param>
/// <param name="Error">What kind of failure it was, such as <c>429 rate_limit_exceeded</c>; null where all went well.</param>
internal sealed record LoadSample(TimeSpan Elapsed, TimeSpan? FirstToken, string? Error);
