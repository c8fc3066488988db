using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Endpoints;

/// <summary>https://platform.openai.com/docs/api-reference/embeddings</summary>
internal static class Embeddings
{
    public static void MapEmbeddings(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/embeddings", (HttpContext http, RequestPipeline pipeline) => pipeline.RunAsync(http, Operation.Embeddings))
            .DescribesModelCall(Operation.Embeddings, "createEmbedding", "Turns texts into vectors.");
}
