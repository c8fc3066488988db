using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic;

/// <summary>Whether the service did its part of a request.</summary>
internal static class Judgement
{
    private const int OK = 200;
    private const int TooManyRequests = 429;
    private const int ServerError = 500;

    /// <summary>
    /// False where it was answered; true where the service, or what it calls, failed: 5xx, an answer that broke off, a provider that wants no more. Null where that
    /// is no question: the caller left, or was at fault, or over its own limits.
    /// </summary>
    public static bool? HasFailed(UsageEvent one) => one.Status switch
    {
        UsageStatus.Ok or UsageStatus.Cached => one.HttpStatus >= ServerError,
        UsageStatus.Failed when one.HttpStatus is OK or TooManyRequests or >= ServerError => true,
        UsageStatus.Refused when one.HttpStatus >= ServerError => true,
        _ => null,
    };

    /// <summary>When its outcome was known.</summary>
    public static DateTimeOffset EndOf(UsageEvent one) => one.At.AddMicroseconds(one.DurationMicroseconds);
}
