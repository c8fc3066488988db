namespace Local.Model.Requests;

internal sealed record EmbeddingRequest(string Model, IReadOnlyList<Prompt> Input, int? Dimensions, bool IsBase64);
