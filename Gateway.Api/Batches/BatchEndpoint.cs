using Gateway.Api.Requests;

namespace Gateway.Api.Batches;

/// <summary>A route that the lines of a batch may go to.</summary>
internal sealed record BatchEndpoint(string Path, Operation Operation)
{
    public const string Responses = "/v1/responses";

    public static readonly BatchEndpoint[] All =
    [
        new("/v1/chat/completions", Operation.Chat),
        new("/v1/completions", Operation.Completions),
        new("/v1/embeddings", Operation.Embeddings),
        new(Responses, Operation.Chat),
    ];

    public static BatchEndpoint? Find(string? path) => Array.Find(All, endpoint => endpoint.Path == path);
}
