namespace Gateway.Api.Prices;

/// <summary>All prices, each target's newest first. Records of configurations compare it by reference.</summary>
internal sealed class PriceList
{
    private readonly Dictionary<string, Price[]> _byTarget;

    public PriceList(IEnumerable<Price> prices) => _byTarget = prices
        .GroupBy(price => price.Target, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.OrderByDescending(price => price.From ?? DateOnly.MinValue).ToArray(), StringComparer.OrdinalIgnoreCase);

    public static PriceList Empty { get; } = new([]);

    /// <summary>Every price of every target.</summary>
    public IEnumerable<Price> All => _byTarget.Values.SelectMany(prices => prices);

    /// <summary>Whether a target has a price, of whatever date.</summary>
    public bool Knows(string target) => _byTarget.ContainsKey(target);

    /// <summary>The price of a target at a time, or null where none is known.</summary>
    /// <param name="target"><c>provider/model</c>.</param>
    public Price? Find(string target, DateTimeOffset at)
    {
        if (!_byTarget.TryGetValue(target, out var versions))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return Array.Find(versions, price => price.From is null || price.From <= day);
    }
}
