using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Config;

/// <summary>An error in OpenAI's form with one more field beside it, for programs.</summary>
internal sealed class ErrorWithDetailsResult(Refusal refusal, string name, JsonNode details) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var error = new ArrayBufferWriter<byte>();
        OpenAIErrors.WriteBody(error, refusal);
        var body = JsonNode.Parse(error.WrittenSpan)!.AsObject();
        body[name] = details;
        return TypedResults.Json(body, new JsonSerializerOptions { Encoder = Json.WriterOptions.Encoder }, statusCode: refusal.Status).ExecuteAsync(httpContext);
    }
}
