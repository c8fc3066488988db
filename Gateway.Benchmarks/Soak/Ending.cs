namespace Gateway.Benchmarks.Soak;

/// <summary>How a request came to its end.</summary>
internal enum Ending
{
    /// <summary>The caller saw all of the answer.</summary>
    Finished,

    /// <summary>The caller left.</summary>
    Left,

    /// <summary>The answer had begun, and broke off or brought an error in its stead.</summary>
    Broken,

    /// <summary>Another status than 200, or none.</summary>
    Refused,
}
