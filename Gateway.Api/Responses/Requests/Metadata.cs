using System.Text.Json;

namespace Gateway.Api.Responses.Requests;

/// <summary>Up to 16 pairs of strings that a caller attaches to a response (https://platform.openai.com/docs/api-reference/responses/create#responses-create-metadata).</summary>
internal static class Metadata
{
    private const int MostPairs = 16;
    private const int LongestKey = 64;
    private const int LongestValue = 512;

    public static void Check(JsonElement value, FieldFindings findings)
    {
        if (!findings.IsObject(value, "metadata"))
        {
            return;
        }

        if (value.GetPropertyCount() > MostPairs)
        {
            findings.Refuse($"'metadata' has {value.GetPropertyCount()} pairs; it takes up to {MostPairs}.", "metadata");
        }

        foreach (var pair in value.EnumerateObject())
        {
            var param = $"metadata.{pair.Name}";
            if (pair.Name.Length > LongestKey)
            {
                findings.Refuse($"A key of 'metadata' has {pair.Name.Length} characters; it may have up to {LongestKey}.", "metadata");
            }
            else if (findings.IsText(pair.Value, param) && pair.Value.GetString()!.Length > LongestValue)
            {
                findings.Refuse($"'{param}' has {pair.Value.GetString()!.Length} characters; it may have up to {LongestValue}.", param);
            }
        }
    }
}
