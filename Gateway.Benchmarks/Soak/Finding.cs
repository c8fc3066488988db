namespace Gateway.Benchmarks.Soak;

/// <param name="What">What is judged.</param>
/// <param name="Measured">What it was, and what it may be.</param>
/// <param name="Holds">Whether it is as it should be.</param>
internal sealed record Finding(string What, string Measured, bool Holds);
