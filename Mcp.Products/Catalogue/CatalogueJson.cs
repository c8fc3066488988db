using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mcp.Products.Catalogue;

/// <summary>How products look as JSON: snake case, nothing required ever left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Product))]
internal sealed partial class CatalogueJson : JsonSerializerContext
{
    /// <summary>For people's eyes too: letters stay letters.</summary>
    public static CatalogueJson Readable => field ??= new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
