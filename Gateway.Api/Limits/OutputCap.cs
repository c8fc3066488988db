using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Limits;

/// <summary>Writes a smaller <c>max_tokens</c> into a request than the one that it came with, or one where it had none.</summary>
internal static class OutputCap
{
    private const int MostDigits = 11;

    private static readonly string[] Fields = ["max_tokens", "max_completion_tokens", "max_output_tokens"];

    /// <summary>False where the request wants no more already.</summary>
    public static bool Apply(GatewayRequest request, int most)
    {
        if (request.Fields.MaxOutputTokens <= most)
        {
            return false;
        }

        var old = request.Body!;
        request.Body = Rewrite(old.Span, most, request.Operation == Operation.Chat ? "max_completion_tokens" : "max_tokens");
        old.Dispose();

        // It was read before and is the same but for one number.
        RequestScanner.Scan(request.Body.Span, request.Operation, out var fields);
        request.Fields = fields;
        return true;
    }

    private static PooledBody Rewrite(ReadOnlySpan<byte> body, int most, string field)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        Utf8Formatter.TryFormat(most, digits, out var length);
        digits = digits[..length];
        var output = new ArrayBufferWriter<byte>(body.Length + MostDigits + field.Length + MostDigits);
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });
        json.Read();
        var (copied, found) = (0, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isBound = IsBound(ref json);
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            if (isBound)
            {
                output.Write(body[copied..start]);
                output.Write(digits);
                (copied, found) = ((int)json.BytesConsumed, true);
            }
        }

        var end = (int)json.TokenStartIndex;
        output.Write(body[copied..end]);
        if (!found)
        {
            output.Write(",\""u8);
            Encoding.ASCII.GetBytes(field, output);
            output.Write("\":"u8);
            output.Write(digits);
        }

        output.Write(body[end..]);
        var rented = ArrayPool<byte>.Shared.Rent(output.WrittenCount);
        output.WrittenSpan.CopyTo(rented);
        return new PooledBody(rented, output.WrittenCount);
    }

    private static bool IsBound(ref Utf8JsonReader json)
    {
        foreach (var name in Fields)
        {
            if (json.ValueTextEquals(name))
            {
                return true;
            }
        }

        return false;
    }
}
