using System.Buffers.Binary;
using System.Text.Json;
using Local.Model.Behaviour;
using Local.Model.Configuration;
using Local.Model.Embeddings;
using Local.Model.Requests;
using Local.Model.Serving;

namespace Local.Model.Endpoints;

internal static class EmbeddingsEndpoint
{
    public static void MapEmbeddings(this WebApplication app)
    {
        var server = app.Services.GetRequiredService<InferenceServer>();
        var route = new InferenceRoute<EmbeddingRequest>("embd-", ModelKind.Embeddings, EmbeddingRequestReader.Read, request => request.Model, AnswerAsync);
        app.MapPost("/v1/embeddings", http => server.ServeAsync(http, route));
    }

    private static async ValueTask<Refusal?> AnswerAsync(Exchange exchange, EmbeddingRequest request, ServedModel model)
    {
        var dimensions = request.Dimensions ?? model.Dimensions;
        if (dimensions > model.Dimensions)
        {
            return Refusal.Invalid("dimensions", $"Invalid value for 'dimensions': expected 1 to {model.Dimensions}, but got {dimensions} instead.");
        }

        if (request.Input.FirstOrDefault(input => input.Tokens > model.MaxModelLength) is { } tooLong)
        {
            return Refusal.TooLong(model.MaxModelLength, tooLong.Tokens, null, "input");
        }

        exchange.PromptTokens = request.Input.Sum(input => input.Tokens);
        await exchange.Pacer.FirstAsync(exchange.Left);
        exchange.Http.Response.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(exchange.Http.Response.BodyWriter, Json.WriterOptions))
        {
            Write(json, exchange, request, model, dimensions);
        }

        await exchange.Http.Response.BodyWriter.FlushAsync(exchange.Left);
        exchange.FinishReasons = ["stop"];
        return null;
    }

    private static void Write(Utf8JsonWriter json, Exchange exchange, EmbeddingRequest request, ServedModel model, int dimensions)
    {
        json.WriteStartObject();
        json.WriteString("id", exchange.Id);
        json.WriteString("object", "list");
        json.WriteNumber("created", exchange.Created);
        json.WriteString("model", model.Id);
        json.WriteString("system_fingerprint", Simulation.Fingerprint);
        json.WriteStartArray("data");
        for (var index = 0; index < request.Input.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", index);
            WriteVector(json, FeatureHashing.Embed(request.Input[index].Text, dimensions), request.IsBase64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        UsageWriter.Write(json, exchange.PromptTokens, 0);
        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, float[] vector, bool isBase64)
    {
        if (isBase64)
        {
            var bytes = new byte[vector.Length * sizeof(float)];
            for (var index = 0; index < vector.Length; index++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), vector[index]);
            }

            json.WriteBase64String("embedding", bytes);
            return;
        }

        json.WriteStartArray("embedding");
        foreach (var value in vector)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
