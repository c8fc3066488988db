namespace Gateway.Api.Providers;

/// <summary>Which other targets may be tried after a failure.</summary>
internal enum NextTargets
{
    None,

    All,

    /// <summary>Those whose context window is larger, or not stated.</summary>
    WithLargerWindow,
}
