using System.Buffers;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Prices;

namespace Gateway.Api.Streaming;

/// <summary>
/// What the head of a stream could not tell: <c>{"target":"local/phi","attempts":1,"cost_usd":"0.000012345"}</c>; <c>cost_usd</c> is
/// null where the cost is not known. What tools were called and what products were found comes with it, where the gateway has called any.
/// </summary>
internal static class StreamDetails
{
    public static void Write(IBufferWriter<byte> output, GatewayRequest request, long? costNanoUsd)
    {
        using var json = new Utf8JsonWriter(output);
        Write(json, request, costNanoUsd);
    }

    /// <summary>Writes an answer, or a chunk of one, with the details as its member <c>gateway</c>.</summary>
    public static void WriteInto(IBufferWriter<byte> output, ReadOnlySpan<byte> answer, GatewayRequest request, long? costNanoUsd)
    {
        output.Write(answer[..answer.LastIndexOf((byte)'}')]);
        output.Write(",\"gateway\":"u8);
        Write(output, request, costNanoUsd);
        output.Write("}"u8);
    }

    public static void Write(Utf8JsonWriter json, GatewayRequest request, long? costNanoUsd)
    {
        json.WriteStartObject();
        json.WriteString("target", request.Target!.Name);
        json.WriteNumber("attempts", request.Attempts);
        json.WriteString("cost_usd", costNanoUsd is { } cost ? NanoUsd.Format(cost) : null);
        request.Tools?.Activity.Write(json);
        json.WriteEndObject();
    }
}
