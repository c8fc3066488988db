namespace Cost.Worker.Traffic.Series;

/// <summary>Why a request was not answered.</summary>
internal enum ErrorKind
{
    /// <summary>A limit had no room for it.</summary>
    Limited,

    /// <summary>A budget had no room for it.</summary>
    OverBudget,

    /// <summary>It was refused for something that the caller can mend.</summary>
    Refused,

    /// <summary>The gateway could not take it.</summary>
    Unavailable,

    /// <summary>No provider answered it.</summary>
    Upstream,

    /// <summary>No provider answered it in time.</summary>
    TimedOut,

    /// <summary>The answer ended half-way.</summary>
    BrokenOff,

    /// <summary>The caller left.</summary>
    Cancelled,
}
