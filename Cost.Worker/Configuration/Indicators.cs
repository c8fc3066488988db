namespace Cost.Worker.Configuration;

/// <summary>What an objective counts as good.</summary>
internal enum Indicators
{
    /// <summary>Requests that the service did not fail at.</summary>
    Availability,

    /// <summary>Answers that were complete in time.</summary>
    Latency,

    /// <summary>Streams whose first token came in time.</summary>
    FirstToken,
}
