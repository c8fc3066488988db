using System.Globalization;
using ServiceDefaults.Usage;

namespace Gateway.Api.Prices;

/// <summary>
/// What one model costs at one provider from a day on, in US dollars per million tokens; 1 is 1,000 nano-dollars a token. Section <c>Gateway:Prices:&lt;provider&gt;/&lt;model&gt;[@&lt;yyyy-MM-dd&gt;]</c>.
/// </summary>
internal sealed record Price
{
    private const decimal NanoUsdPerToken = 1_000m;

    // Nine million dollars, which a double still holds to the last digit.
    private const decimal Most = 9_000_000_000_000_000m;

    /// <summary><c>provider/model</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The first day, in UTC, on which the price holds; null where it holds from the beginning.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Prompt tokens that no cache of the provider held.</summary>
    public required decimal Input { get; init; }

    /// <summary>Tokens that the model made. Null: not stated, so that a request that has some costs an unknown sum.</summary>
    public decimal? Output { get; init; }

    /// <summary>Prompt tokens read from the provider's cache; <see cref="Input"/> where null.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Prompt tokens written to the provider's cache; <see cref="Input"/> where null.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>What part of the price a line of a batch costs: 0.5 is half. Null: as much as any request, which is what providers charge for one that is sent by itself.</summary>
    public decimal? Batch { get; init; }

    /// <summary>What part of the price the provider's service tiers cost, by the <c>service_tier</c> of the reply.</summary>
    public IReadOnlyDictionary<string, decimal> ServiceTiers { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Names this version: <c>provider/model@2026-11-01</c>, without a date where the price has none.</summary>
    public string Version => From is { } day ? string.Create(CultureInfo.InvariantCulture, $"{Target}@{day:yyyy-MM-dd}") : Target;

    /// <summary>The cost in nano-dollars, rounded half to even once, at the end; null where a part of it has no price.</summary>
    public long? CostOf(UsageTokens tokens, string? serviceTier = null, bool batch = false) =>
        (tokens.Output == 0 || Output is not null) && ShareOf(serviceTier, batch) is { } share
            ? ToNanoUsd(((tokens.Input * Input) + (tokens.CachedInput * (CachedInput ?? Input)) + (tokens.CacheWrite * (CacheWrite ?? Input)) + (tokens.Output * (Output ?? 0))) * share)
            : null;

    /// <summary>The most that so many tokens can cost in nano-dollars, rounded up: nothing cached but written to the cache, at the dearest service tier; null where a part of it has no price.</summary>
    public long? MostFor(long promptTokens, long outputTokens, bool batch = false)
    {
        if (outputTokens > 0 && Output is null)
        {
            return null;
        }

        var share = batch ? Batch ?? 1 : 1;
        foreach (var tier in ServiceTiers.Values)
        {
            share = Math.Max(share, tier);
        }

        var input = Math.Max(Input, Math.Max(CachedInput ?? 0, CacheWrite ?? 0));
        return (long)Math.Min(Most, Math.Ceiling(((promptTokens * input) + (outputTokens * (Output ?? 0))) * share * NanoUsdPerToken));
    }

    /// <summary>What the provider's cache saved against the full price of the input, in nano-dollars; 0 where it saved nothing.</summary>
    public long CacheSavingOf(UsageTokens tokens, string? serviceTier = null, bool batch = false) =>
        Math.Max(0, ToNanoUsd(tokens.CachedInput * (Input - (CachedInput ?? Input)) * (ShareOf(serviceTier, batch) ?? 0)));

    // "default" is OpenAI's word for the plain price, "standard" others'; "auto" is what one asks for, never what one gets.
    private decimal? ShareOf(string? serviceTier, bool batch) =>
        batch && Batch is { } ofBatch ? ofBatch
        : serviceTier is null or "default" or "standard" or "auto" ? 1
        : ServiceTiers.TryGetValue(serviceTier, out var share) ? share
        : null;

    private static long ToNanoUsd(decimal perMillion) => (long)Math.Round(perMillion * NanoUsdPerToken, MidpointRounding.ToEven);
}
