using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;

namespace Gateway.Api.Caching;

/// <summary>Which replies may be given again: those in which the model came to its end by itself.</summary>
internal static class FitAnswers
{
    public static bool IsFit(GatewayRequest request, UpstreamReply reply)
    {
        var facts = reply.Facts;
        if (facts.IsError)
        {
            return false;
        }

        return request.Operation.MakesText
            ? facts is { IsCutShort: false, Finishes: > 0 } && facts.Finishes >= (request.Fields.Choices ?? 1)
                && (request.Route!.Cache.StoresToolCalls || facts is { WaitsForTools: false, ToolCalls: 0 })
            : CountVectors(reply.Body.Span) == request.Fields.MostChoices;
    }

    // {"data":[{"embedding":[…]},…]}: one for each input.
    private static int CountVectors(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        var vectors = 0;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isData = json.Is("data"u8);
            json.Read();
            if (!isData || json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                vectors++;
                json.Skip();
            }
        }

        return vectors;
    }
}
