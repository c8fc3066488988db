using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Limits;

/// <summary>Writes a smaller <c>max_tokens</c> into a request than the one that it came with, or one where it had none.</summary>
internal static class OutputCap
{
    private static readonly string[] Fields = ["max_tokens", "max_completion_tokens", "max_output_tokens"];

    /// <summary>False where the request wants no more already.</summary>
    public static bool Apply(GatewayRequest request, int most)
    {
        if (request.Fields.MaxOutputTokens <= most)
        {
            return false;
        }

        EditsOf(request.Body!.Span, most, request.Operation == Operation.Chat ? "max_completion_tokens" : "max_tokens").ApplyTo(request);
        return true;
    }

    private static BodyEdits EditsOf(ReadOnlySpan<byte> body, int most, string field)
    {
        var edits = new BodyEdits();
        var digits = Encoding.ASCII.GetBytes(most.ToString(CultureInfo.InvariantCulture));
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });
        json.Read();
        var isFound = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isBound = IsBound(ref json);
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            if (isBound)
            {
                edits.Replace(start..(int)json.BytesConsumed, digits);
                isFound = true;
            }
        }

        if (!isFound)
        {
            edits.Insert((int)json.TokenStartIndex, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"{field}\":{most}")));
        }

        return edits;
    }

    private static bool IsBound(ref Utf8JsonReader json)
    {
        foreach (var name in Fields)
        {
            if (json.Is(name))
            {
                return true;
            }
        }

        return false;
    }
}
