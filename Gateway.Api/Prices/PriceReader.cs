using System.Globalization;

namespace Gateway.Api.Prices;

/// <summary>
/// Reads the prices from the configuration. The general binder cannot: a model's name may hold a colon
/// (<c>anthropic.claude-3-haiku-20240307-v1:0</c>), which configuration takes for a step down.
/// </summary>
internal static class PriceReader
{
    private const string ServiceTiers = "ServiceTiers";
    private const string DateFormat = "yyyy-MM-dd";
    private const decimal MaxUsdPerMillion = 1_000_000;
    private const decimal MaxShare = 100;

    private static readonly string[] Fields = ["Input", "Output", "CachedInput", "CacheWrite", "Batch"];

    public static PriceList Read(IConfigurationSection section, List<string> faults)
    {
        var values = section.AsEnumerable(makePathsRelative: true)
            .Where(entry => entry.Value is not null && entry.Key.Length > 0)
            .Select(entry => (Path: Split(entry.Key), entry.Value))
            .ToLookup(entry => entry.Path.Price, entry => (entry.Path.Field, Value: entry.Value!), StringComparer.OrdinalIgnoreCase);
        return new PriceList([.. values.Select(price => ReadPrice($"{section.Path}:{price.Key}", price.Key, [.. price], faults)).OfType<Price>()]);
    }

    // "bedrock/anthropic.claude-3-haiku-20240307-v1:0:Input": all but the last step, or the last two under ServiceTiers, is the name.
    private static (string Price, string Field) Split(string path)
    {
        var last = path.LastIndexOf(':');
        var before = last <= 0 ? -1 : path.LastIndexOf(':', last - 1);
        var isTier = before > 0 && path.AsSpan(before + 1, last - before - 1).Equals(ServiceTiers, StringComparison.OrdinalIgnoreCase);
        var end = isTier ? before : last;
        return end <= 0 ? (path, "") : (path[..end], path[(end + 1)..]);
    }

    private static Price? ReadPrice(string key, string name, (string Field, string Value)[] values, List<string> faults)
    {
        var before = faults.Count;
        var (target, from) = ReadName(name);
        if (target.IndexOf('/') is <= 0 || target.EndsWith('/'))
        {
            faults.Add($"{key} names no target; a price stands under <provider>/<model> or <provider>/<model>@<{DateFormat}>.");
        }

        var tiers = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        var fields = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        foreach (var (field, value) in values)
        {
            if (field.StartsWith($"{ServiceTiers}:", StringComparison.OrdinalIgnoreCase))
            {
                tiers[field[(ServiceTiers.Length + 1)..]] = ReadNumber($"{key}:{field}", value, MaxShare, "as a part of the price: 0.5 is half", faults);
            }
            else if (Fields.Contains(field, StringComparer.OrdinalIgnoreCase))
            {
                var isShare = field.Equals("Batch", StringComparison.OrdinalIgnoreCase);
                fields[field] = ReadNumber($"{key}:{field}", value, isShare ? MaxShare : MaxUsdPerMillion, isShare ? "as a part of the price: 0.5 is half" : "in US dollars per million tokens", faults);
            }
            else
            {
                faults.Add($"{key}:{field} is not known; allowed: {string.Join(", ", Fields)}, {ServiceTiers}.");
            }
        }

        if (!fields.ContainsKey("Input") && faults.Count == before)
        {
            faults.Add($"{key}:Input is missing; a price needs it, in US dollars per million tokens.");
        }

        return faults.Count > before ? null : new Price
        {
            Target = target,
            From = from,
            Input = fields["Input"],
            Output = Optional("Output"),
            CachedInput = Optional("CachedInput"),
            CacheWrite = Optional("CacheWrite"),
            Batch = Optional("Batch"),
            ServiceTiers = tiers,
        };

        decimal? Optional(string field) => fields.TryGetValue(field, out var value) ? value : null;
    }

    private static (string Target, DateOnly? From) ReadName(string name)
    {
        var at = name.LastIndexOf('@');
        return at > 0 && DateOnly.TryParseExact(name.AsSpan(at + 1), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (name[..at], day)
            : (name, null);
    }

    private static decimal ReadNumber(string key, string value, decimal max, string meaning, List<string> faults)
    {
        if (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= max)
        {
            return number;
        }

        faults.Add($"{key} is '{value}'; it must be a number from 0 to {max.ToString(CultureInfo.InvariantCulture)}, {meaning}.");
        return 0;
    }
}
