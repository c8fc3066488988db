using Gateway.Api.Requests;

namespace Gateway.Api.Endpoints;

/// <summary>https://platform.openai.com/docs/api-reference/embeddings</summary>
internal static class Embeddings
{
    public static void MapEmbeddings(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapModelCall("/embeddings", Operation.Embeddings)
            .DescribesModelCall(Operation.Embeddings, "createEmbedding", "Turns texts into vectors.");
}
