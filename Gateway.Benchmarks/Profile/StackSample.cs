namespace Gateway.Benchmarks.Profile;

/// <param name="Thread">What the thread is called.</param>
/// <param name="Frames">What it was doing, the innermost first.</param>
internal sealed record StackSample(string Thread, IReadOnlyList<Frame> Frames);
