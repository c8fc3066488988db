using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Local.Model.Schemas;

internal static class SchemaNodes
{
    public static decimal? AsNumber(this JsonNode? node)
    {
        if (node?.GetValueKind() is not JsonValueKind.Number)
        {
            return null;
        }

        // Beyond decimal's range a bound bounds nothing that is made here.
        return decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public static bool IsTrue(this JsonNode? node) => node?.GetValueKind() is JsonValueKind.True;
}
