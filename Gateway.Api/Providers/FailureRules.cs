namespace Gateway.Api.Providers;

/// <summary>The one table of what is done about which failure.</summary>
internal static class FailureRules
{
    public static FailureRule Of(UpstreamFailureKind kind) => kind switch
    {
        //                                          same target again, other targets,           speaks against the target
        UpstreamFailureKind.Unreachable => new(Retry: true, NextTargets.All, CountsAgainst: true),
        UpstreamFailureKind.Silent => new(Retry: false, NextTargets.All, CountsAgainst: true),
        UpstreamFailureKind.Busy => new(Retry: false, NextTargets.All, CountsAgainst: false),
        UpstreamFailureKind.Unavailable => new(Retry: true, NextTargets.All, CountsAgainst: true),
        UpstreamFailureKind.Throttled => new(Retry: true, NextTargets.All, CountsAgainst: false),
        UpstreamFailureKind.QuotaExhausted => new(Retry: false, NextTargets.All, CountsAgainst: false),
        UpstreamFailureKind.ServerError => new(Retry: true, NextTargets.All, CountsAgainst: true),
        UpstreamFailureKind.BadReply => new(Retry: false, NextTargets.All, CountsAgainst: true),
        UpstreamFailureKind.Credentials => new(Retry: false, NextTargets.All, CountsAgainst: true),
        UpstreamFailureKind.ModelNotFound => new(Retry: false, NextTargets.All, CountsAgainst: false),
        UpstreamFailureKind.ContextTooLong => new(Retry: false, NextTargets.WithLargerWindow, CountsAgainst: false),
        _ => new(Retry: false, NextTargets.None, CountsAgainst: false),
    };
}
