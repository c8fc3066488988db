using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>What a model costs at a provider, under <c>provider/model</c> or <c>provider/model@yyyy-MM-dd</c>: from that day, in UTC, on.</summary>
public sealed record PriceOptions
{
    private const double MostUsd = 1_000_000;
    private const double MostShare = 100;

    /// <summary>US dollars per million prompt tokens that no cache of the provider held; must be stated.</summary>
    [Range(0, MostUsd)]
    public decimal? Input { get; init; }

    /// <summary>US dollars per million tokens that the model made. Where not stated, a request that has some costs an unknown sum.</summary>
    [Range(0, MostUsd)]
    public decimal? Output { get; init; }

    /// <summary>US dollars per million prompt tokens read from the provider's cache; <see cref="Input"/> where not stated.</summary>
    [Range(0, MostUsd)]
    public decimal? CachedInput { get; init; }

    /// <summary>US dollars per million prompt tokens written to the provider's cache; <see cref="Input"/> where not stated.</summary>
    [Range(0, MostUsd)]
    public decimal? CacheWrite { get; init; }

    /// <summary>What part of the price a batch costs: 0.5 is half.</summary>
    [Range(0, MostShare)]
    public decimal? Batch { get; init; }

    /// <summary>What part of the price the provider's service tiers cost, by the <c>service_tier</c> of the reply.</summary>
    public IReadOnlyDictionary<string, decimal> ServiceTiers { get; init; } = new Dictionary<string, decimal>();
}
