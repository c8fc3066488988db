namespace Gateway.Api.Pipeline;

/// <summary>The gateway's own response headers.</summary>
internal static class GatewayHeaders
{
    /// <summary><c>provider/model</c> that answered.</summary>
    public const string Target = "x-gateway-target";

    /// <summary>How many targets were called for this answer.</summary>
    public const string Attempts = "x-gateway-attempts";

    /// <summary>What the answer cost in US dollars; absent where that is not known.</summary>
    public const string Cost = "x-gateway-cost-usd";

    /// <summary><c>hit</c>, <c>miss</c> or <c>bypass</c>; sent by a caller, <c>on</c>, <c>off</c> or <c>refresh</c>.</summary>
    public const string Cache = "x-gateway-cache";

    /// <summary><c>experiment/variant</c> that the request fell into; absent where it is in none.</summary>
    public const string Variant = "x-gateway-variant";

    /// <summary>Sent by a caller, <c>true</c>: a stream tells in its usage chunk what its head could not.</summary>
    public const string Details = "x-gateway-details";

    /// <summary>What a page of another origin may read of a reply.</summary>
    public const string Exposed =
        "x-request-id, openai-processing-ms, retry-after, x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests, "
        + "x-ratelimit-limit-tokens, x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens, age, x-gateway-budget, "
        + $"{Target}, {Attempts}, {Cache}, {Cost}, {Variant}, {Warnings}";

    /// <summary>What the gateway understood but does not honour, or did otherwise than asked.</summary>
    public const string Warnings = "x-gateway-warnings";

    /// <summary>Adds to <see cref="Warnings"/>.</summary>
    public static void Warn(HttpResponse response, string warning)
    {
        var before = response.Headers[Warnings].ToString();
        response.Headers[Warnings] = before.Length == 0 ? Ascii(warning) : $"{before}; {Ascii(warning)}";
    }

    /// <summary>Adds to <see cref="Warnings"/> what is not there yet.</summary>
    public static void WarnOnce(HttpResponse response, string warning)
    {
        if (!response.Headers[Warnings].ToString().Contains(Ascii(warning), StringComparison.Ordinal))
        {
            Warn(response, warning);
        }
    }

    // Names may hold any letter; a header may not.
    private static string Ascii(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : '?')) : text;
}
