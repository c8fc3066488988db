using System.Globalization;
using Gateway.Api.Pipeline;
using Gateway.Api.Prices;

namespace Gateway.Api.Limits;

/// <summary>What a caller is told who has come to a limit: whose, how much, and when to come again.</summary>
internal static class LimitRefusals
{
    private const string Requests = "requests";
    private const string Tokens = "tokens";

    private static readonly TimeSpan SomeRequestEnds = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RedisIsBack = TimeSpan.FromSeconds(5);

    public static Refusal Of(Verdict verdict, Hold hold, Moment now)
    {
        if (verdict.Refused == LimitKind.BudgetUnavailable)
        {
            return new Refusal(
                StatusCodes.Status503ServiceUnavailable, "server_error", "state_unavailable", "Whether the budget has room for this request cannot be looked up at present. Try again.") { RetryAfter = RedisIsBack };
        }

        var scope = hold.Group.Scopes[verdict.Scope];
        return verdict.Refused switch
        {
            LimitKind.RequestsPerMinute => RateLimit(Requests, Text($"Rate limit reached for {scope.Title}: {verdict.Limit} requests per minute, {verdict.Used} used."), verdict.WaitMilliseconds),
            LimitKind.RequestsPerDay => RateLimit(Requests, Text($"Rate limit reached for {scope.Title}: {verdict.Limit} requests per day (UTC), {verdict.Used} used."), now.UntilTomorrow),
            LimitKind.TokensPerMinute when hold.Tokens > verdict.Limit => RateLimit(
                Tokens, Text($"Request too large for {scope.Title}: it may take {hold.Tokens} tokens, and the limit is {verdict.Limit} tokens per minute. Shorten it, or lower max_tokens."), retryAfter: null),
            LimitKind.TokensPerMinute => RateLimit(
                Tokens, Text($"Rate limit reached for {scope.Title}: {verdict.Limit} tokens per minute, {verdict.Used} used or held, and this request may take {hold.Tokens}."), verdict.WaitMilliseconds),
            LimitKind.ConcurrentRequests => RateLimit(Requests, Text($"Rate limit reached for {scope.Title}: {verdict.Limit} requests at once, {verdict.Used} are under way."), SomeRequestEnds),
            LimitKind.DailyBudget => Budget("daily", scope, verdict, hold, now.UntilTomorrow),
            _ => Budget("monthly", scope, verdict, hold, now.UntilNextMonth),
        };
    }

    public static Refusal RateLimit(string type, string message, TimeSpan? retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, type, "rate_limit_exceeded", retryAfter is { } wait ? Text($"{message} Try again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds))} s.") : message) { RetryAfter = retryAfter };

    public static Refusal InsufficientQuota(string message, TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "insufficient_quota", "insufficient_quota", message) { RetryAfter = retryAfter };

    /// <summary>When a budget begins anew.</summary>
    public static TimeSpan UntilRenewed(LimitKind budget, DateTimeOffset now) => budget == LimitKind.DailyBudget ? Moment.Of(now).UntilTomorrow : Moment.Of(now).UntilNextMonth;

    private static Refusal RateLimit(string type, string message, long waitMilliseconds) => RateLimit(type, message, TimeSpan.FromMilliseconds(waitMilliseconds));

    private static Refusal Budget(string period, Scope scope, Verdict verdict, Hold hold, TimeSpan retryAfter)
    {
        var most = hold.PriceIsKnown ? $"{NanoUsd.Format(hold.NanoUsd)} USD" : "a sum that is not known";
        return InsufficientQuota(
            $"The {period} budget of {scope.Title} has no room for this request: {NanoUsd.Format(verdict.Used)} USD spent, {NanoUsd.Format(verdict.Held)} USD held for requests under way, " +
            $"the limit is {NanoUsd.Format(verdict.Limit)} USD, and this request may cost {most}.",
            retryAfter);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
