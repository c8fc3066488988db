using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic.Series;

internal static class ErrorKinds
{
    private const string InsufficientQuota = "insufficient_quota";
    private const int OK = 200;
    private const int TooManyRequests = 429;
    private const int ServerError = 500;
    private const int GatewayTimeout = 504;

    public static readonly IReadOnlyList<string> Names = ["limited", "over_budget", "refused", "unavailable", "upstream", "timed_out", "broken_off", "cancelled"];

    /// <summary>Null where it was answered.</summary>
    public static ErrorKind? Of(UsageEvent one) => one.Status switch
    {
        UsageStatus.Refused when one.Error == InsufficientQuota => ErrorKind.OverBudget,
        UsageStatus.Refused when one.HttpStatus == TooManyRequests => ErrorKind.Limited,
        UsageStatus.Refused => one.HttpStatus >= ServerError ? ErrorKind.Unavailable : ErrorKind.Refused,
        UsageStatus.Cancelled => ErrorKind.Cancelled,
        UsageStatus.Failed when one.HttpStatus == GatewayTimeout => ErrorKind.TimedOut,
        UsageStatus.Failed => one.HttpStatus == OK ? ErrorKind.BrokenOff : ErrorKind.Upstream,
        _ => null,
    };
}
