using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Gateway.Api.Prices;

namespace Gateway.Api.Configuration.Changes;

/// <summary>Writes options as gateway.json would have them, defaults included.</summary>
internal static class OptionsJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DropWhatIsDerived } },
    };

    public static JsonObject Of(GatewayOptions options)
    {
        var json = JsonSerializer.SerializeToNode(options, Options)!.AsObject();
        json[nameof(GatewayOptions.Prices)] = new JsonObject(options.Prices.All.OrderBy(price => price.Version, StringComparer.Ordinal).Select(price => KeyValuePair.Create(price.Version, Of(price))));
        return json;
    }

    private static JsonNode? Of(Price price) => JsonSerializer.SerializeToNode(
        new PriceOptions { Input = price.Input, Output = price.Output, CachedInput = price.CachedInput, CacheWrite = price.CacheWrite, Batch = price.Batch, ServiceTiers = price.ServiceTiers }, Options);

    // What cannot be set is no option.
    private static void DropWhatIsDerived(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.Namespace?.StartsWith(nameof(Gateway), StringComparison.Ordinal) == true)
        {
            foreach (var derived in type.Properties.Where(property => property.AttributeProvider is System.Reflection.PropertyInfo { SetMethod: not { IsPublic: true } }).ToList())
            {
                type.Properties.Remove(derived);
            }
        }
    }
}
