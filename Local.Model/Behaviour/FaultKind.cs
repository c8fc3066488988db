namespace Local.Model.Behaviour;

/// <summary>The ways to misbehave.</summary>
public enum FaultKind
{
    /// <summary>Answers with a status (and Retry-After, and body) of its own.</summary>
    Status,

    /// <summary>Waits before anything else, response headers included.</summary>
    Delay,

    /// <summary>Accepts the request and never answers.</summary>
    Silence,

    /// <summary>Resets the connection after some tokens; a reply that is not streamed is never begun.</summary>
    Cut,

    /// <summary>Falls silent after some tokens, then goes on.</summary>
    Stall,

    /// <summary>Sends one broken chunk after some tokens, then goes on; a reply that is not streamed ends in mid-JSON.</summary>
    Malformed,

    /// <summary>Ends a stream without <c>data: [DONE]</c>.</summary>
    NoDone,

    /// <summary>Refuses a request that continues a partial answer with 400.</summary>
    RefusePrefill,
}
