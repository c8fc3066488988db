using System.Globalization;

namespace Gateway.Api.Limits;

/// <summary>
/// OpenAI's headers of how near a caller's tightest limits are (https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers).
/// </summary>
internal static class LimitHeaders
{
    public const string RequestLimit = "x-ratelimit-limit-requests";
    public const string RequestsRemaining = "x-ratelimit-remaining-requests";
    public const string RequestsReset = "x-ratelimit-reset-requests";
    public const string TokenLimit = "x-ratelimit-limit-tokens";
    public const string TokensRemaining = "x-ratelimit-remaining-tokens";
    public const string TokensReset = "x-ratelimit-reset-tokens";

    /// <summary>How much of the budget of which most is spent is spent, held and allowed; past its soft threshold.</summary>
    public const string Budget = "x-gateway-budget";

    /// <summary>Of an admitted request.</summary>
    public static void Write(IHeaderDictionary headers, Verdict verdict, Moment now)
    {
        var window = UntilEmpty(now);
        if (verdict.RequestLimit > 0 && IsNearer(headers, RequestsRemaining, verdict.RequestsRemaining))
        {
            WriteRequests(headers, verdict.RequestLimit, verdict.RequestsRemaining, verdict.Requests == LimitKind.RequestsPerDay ? now.UntilTomorrow : window);
        }

        if (verdict.TokenLimit > 0 && IsNearer(headers, TokensRemaining, verdict.TokensRemaining))
        {
            WriteTokens(headers, verdict.TokenLimit, verdict.TokensRemaining, window);
        }
    }

    /// <summary>Of a refused one: the limit that refused it.</summary>
    public static void WriteRefused(IHeaderDictionary headers, Verdict verdict, TimeSpan? retryAfter)
    {
        var reset = retryAfter ?? TimeSpan.Zero;
        switch (verdict.Refused)
        {
            case LimitKind.RequestsPerMinute or LimitKind.RequestsPerDay or LimitKind.ConcurrentRequests:
                WriteRequests(headers, verdict.Limit, Math.Max(0, verdict.Limit - verdict.Used), reset);
                break;
            case LimitKind.TokensPerMinute:
                WriteTokens(headers, verdict.Limit, Math.Max(0, verdict.Limit - verdict.Used), reset);
                break;
        }
    }

    public static void WriteRequests(IHeaderDictionary headers, long limit, long remaining, TimeSpan reset)
    {
        headers[RequestLimit] = Text(limit);
        headers[RequestsRemaining] = Text(remaining);
        headers[RequestsReset] = Text(reset);
    }

    private static void WriteTokens(IHeaderDictionary headers, long limit, long remaining, TimeSpan reset)
    {
        headers[TokenLimit] = Text(limit);
        headers[TokensRemaining] = Text(remaining);
        headers[TokensReset] = Text(reset);
    }

    // The step that this request is in has left the window then, and all before it.
    private static TimeSpan UntilEmpty(Moment now) =>
        TimeSpan.FromMilliseconds((((now.Milliseconds / SlidingWindow.StepMilliseconds) + SlidingWindow.Steps) * SlidingWindow.StepMilliseconds) - now.Milliseconds);

    private static bool IsNearer(IHeaderDictionary headers, string name, long remaining) =>
        !headers.TryGetValue(name, out var written) || !long.TryParse(written, CultureInfo.InvariantCulture, out var before) || remaining < before;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // As OpenAI does: "250ms", "12.5s", "6m0s".
    private static string Text(TimeSpan time) =>
        time.TotalSeconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMilliseconds)}ms")
        : time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes}m{time.Seconds}s");
}
