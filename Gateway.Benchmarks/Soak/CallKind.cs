namespace Gateway.Benchmarks.Soak;

internal enum CallKind
{
    /// <summary>A chat answered in one piece.</summary>
    Whole,

    /// <summary>A stream, read to its end.</summary>
    Stream,

    /// <summary>A stream whose caller leaves after a few chunks.</summary>
    LeftStream,

    /// <summary>A large answer whose caller reads a little at a time.</summary>
    SlowReader,
}
