using System.Globalization;
using System.Text.Json;

namespace Aws.Deployment.Estimate.Prices;

/// <summary>
/// Finds prices in a file of AWS's bulk price list as it comes: that of EC2 has hundreds of megabytes. Products come first, then their terms:
/// <code>
/// {"formatVersion": "v1.0", "offerCode": "AmazonEC2", …,
///  "products": {"SKU1": {"sku": "SKU1", "productFamily": "…", "attributes": {"usagetype": "EUC1-BoxUsage:g5.xlarge", "operation": "RunInstances", …}}, …},
///  "terms": {"OnDemand": {"SKU1": {"SKU1.TERM": {"priceDimensions": {"SKU1.TERM.RATE": {"unit": "Hrs", "beginRange": "0", "pricePerUnit": {"USD": "1.2580000000"}}}}}},
///            "Reserved": …}}
/// </code>
/// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
/// </summary>
internal sealed class OfferFile(IReadOnlyDictionary<string, PriceOffer> wanted)
{
    private const int BufferBytes = 1 << 16;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _found = [];
    private string? _section;
    private string? _term;

    /// <returns>The prices found, by the names under which they are wanted, each for one of our units.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (buffer, length, state) = (new byte[BufferBytes], 0, default(JsonReaderState));
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            var consumed = Advance(buffer.AsSpan(0, length), isLast: read == 0, ref state);
            if (read == 0)
            {
                return _found;
            }

            buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
            length -= consumed;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    // Goes on to the last product or term that is there as a whole.
    private int Advance(ReadOnlySpan<byte> bytes, bool isLast, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(bytes, isLast, state);
        while (true)
        {
            var before = reader;
            if (!reader.Read() || (reader.TokenType is JsonTokenType.PropertyName && !TryTake(ref reader)))
            {
                state = before.CurrentState;
                return (int)before.BytesConsumed;
            }
        }
    }

    // False where its value has not come whole yet.
    private bool TryTake(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth, _section)
        {
            case (1, _):
                _section = reader.GetString();
                return _section is "products" or "terms" || reader.TrySkip();
            case (2, "terms"):
                _term = reader.GetString();
                return _term is "OnDemand" || reader.TrySkip();
            case (2, "products"):
            case (3, "terms"):
                var sku = reader.GetString()!;
                if (_section is "terms" && !_names.ContainsKey(sku))
                {
                    return reader.TrySkip();
                }

                if (!JsonDocument.TryParseValue(ref reader, out var value))
                {
                    return false;
                }

                using (value)
                {
                    Take(sku, value.RootElement);
                }

                return true;
            default:
                return true;
        }
    }

    private void Take(string sku, JsonElement value)
    {
        if (_section is "products")
        {
            if (wanted.FirstOrDefault(one => Matches(value, one.Value)).Key is { } name)
            {
                _names[sku] = name;
            }
        }
        else if (FirstPaid(value) is { } usd)
        {
            var name = _names[sku];
            _found[name] = usd * wanted[name].Units;
        }
    }

    private static bool Matches(JsonElement product, PriceOffer offer) =>
        product.TryGetProperty("attributes", out var attributes)
        && attributes.TryGetProperty("usagetype", out var usageType) && IsUsage(usageType.GetString()!, offer.UsageType)
        && (offer.Operation is null || (attributes.TryGetProperty("operation", out var operation) && operation.GetString() == offer.Operation));

    // "BoxUsage:g5.xlarge", or "EUC1-BoxUsage:g5.xlarge".
    private static bool IsUsage(string usageType, string wanted) =>
        usageType.EndsWith(wanted, StringComparison.Ordinal)
        && (usageType.Length == wanted.Length || (usageType[..^wanted.Length] is [.. var region, '-'] && region.All(char.IsAsciiLetterOrDigit)));

    // Where the first units are free the next step is what a month is billed by; steps for very much are not looked at.
    private static decimal? FirstPaid(JsonElement terms) => terms.EnumerateObject()
        .SelectMany(term => term.Value.GetProperty("priceDimensions").EnumerateObject())
        .Select(dimension => (From: Number(dimension.Value, "beginRange"), Usd: dimension.Value.GetProperty("pricePerUnit") is var price && price.TryGetProperty("USD", out _) ? Number(price, "USD") : 0))
        .Where(step => step.Usd > 0).OrderBy(step => step.From).Select(step => (decimal?)step.Usd).FirstOrDefault();

    private static decimal Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && decimal.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
