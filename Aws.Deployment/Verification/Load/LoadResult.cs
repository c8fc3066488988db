namespace Aws.Deployment.Verification.Load;

/// <param name="First">The request before the load, over a new connection to a gateway that may have been asleep; not in <paramref name="Samples"/>.</param>
/// <param name="Samples">All others, in the order in which they ended.</param>
/// <param name="Elapsed">How long they took together.</param>
internal sealed record LoadResult(LoadSample First, IReadOnlyList<LoadSample> Samples, TimeSpan Elapsed);
